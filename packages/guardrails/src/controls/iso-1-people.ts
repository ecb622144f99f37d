import { fromAgreedPlace } from '../agreed-work.ts'
import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { bootstrapRoleArn, projectRoleArn, sagemakerArn } from '../names.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces, isProject } from '../statement.ts'
import { approvedInstanceTypes } from './cost-1-limits.ts'

/** Lower-case by construction: profiles are named by Entra object ids, which is also the session's source identity. */
const ownProfile = (params: ProjectParams) =>
  sagemakerArn(params, `user-profile/${params.domainId}/\${aws:SourceIdentity}`)

const openSession = [
  'sagemaker:CreatePartnerAppPresignedUrl',
  'sagemaker:CreatePresignedDomainUrl',
  'sagemaker:CreatePresignedMlflowAppUrl',
  'sagemaker:CreatePresignedMlflowTrackingServerUrl',
  'sagemaker:CreatePresignedNotebookInstanceUrl',
  'sagemaker:StartSession',
]
const useSpace = ['sagemaker:CreateApp', 'sagemaker:DeleteApp', 'sagemaker:UpdateSpace']
const member = '00000000-0000-4000-8000-000000000001'

/** What a member does in Studio, and what nobody does to a colleague's space. */
function inProject(p: ProjectParams) {
  const studio = projectRoleArn(p, p.project.name, 'studio')
  const own = { 'aws:SourceIdentity': member, 'sagemaker:SpaceSharingType': 'Private' }
  const app = sagemakerArn(p, `app/${p.domainId}/space/JupyterLab/default`)
  return [
    nobody('ISO-1/own-space', useSpace, {
      but: exempt(p, 'mint', 'provision', 'teardown'),
      on: ['app', 'space'].map((kind) => sagemakerArn(p, `${kind}/${p.domainId}/*`)),
      when: { ArnNotEquals: { 'sagemaker:OwnerUserProfileArn': ownProfile(p) } },
    }),
    stays('ISO-1/open-app', studio, 'sagemaker:CreateApp', app, {
      ...own,
      'sagemaker:OwnerUserProfileArn': sagemakerArn(p, `user-profile/${p.domainId}/${member}`),
      'sagemaker:InstanceTypes': approvedInstanceTypes(p, 'studio'),
    }),
    stays('ISO-1/tag-app', studio, 'sagemaker:AddTags', app, { ...own, 'sagemaker:TaggingAction': 'CreateApp' }),
    stays('ISO-1/list', studio, 'sagemaker:ListSpaces', '*', own),
  ]
}

const invariants = (params: AccountParams | ProjectParams) => [
  nobody('ISO-1/session', openSession, { but: exempt(params, 'mint') }),
  nobody('ISO-1/private', 'sagemaker:CreateSpace', {
    when: { StringNotEquals: { 'sagemaker:SpaceSharingType': 'Private' } },
  }),
  nobody('ISO-1/shared', ['sagemaker:CreateApp', 'sagemaker:UpdateSpace'], {
    when: { StringEquals: { 'sagemaker:SpaceSharingType': 'Shared' } },
  }),
  stays(
    'ISO-1/open',
    bootstrapRoleArn(params, 'uais-mint'),
    'sagemaker:CreatePresignedDomainUrl',
    sagemakerArn(params, `user-profile/${params.domainId ?? 'd-x'}/${member}`),
    fromAgreedPlace(params),
  ),
  ...(isProject(params) ? inProject(params) : []),
]

export const people: Control = {
  id: 'ISO-1',
  title: "People cannot reach each other's work",
  category: 'isolation',
  words:
    'Each person works in a private space of their own, under their own name. Nobody can open a session as somebody ' +
    'else, or retag a thing to make it theirs.',
  enforcedBy: ['scp', 'boundary', 'identity policy'],
  limits: [
    'Members of one project share its data, its models and its training role: that is what a project is for.',
    'AWS cannot limit lists, so names of spaces and apps (opaque ids) are visible inside the domain. Other lists and ' +
      'searches of the account are not given to members.',
    "A person's own app is found by its owner, which SageMaker tells for apps in spaces; there are no others.",
  ],
  sources: [
    'Amazon SageMaker AI Developer Guide, Monitor user resource access from Studio with sourceIdentity',
    'Amazon SageMaker AI Developer Guide, Give your users access to spaces',
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:TaggingAction',
  ],
  statements: (params) => [
    ...inPlaces(
      ['scp', 'boundary'],
      deny('ISO1OnlyPrivateSpaces', {
        Action: 'sagemaker:CreateSpace',
        Resource: '*',
        Condition: { StringNotEquals: { 'sagemaker:SpaceSharingType': 'Private' } },
      }),
      deny('ISO1NoSharedSpaces', {
        Action: ['sagemaker:CreateApp', 'sagemaker:UpdateSpace'],
        Resource: '*',
        Condition: { StringEquals: { 'sagemaker:SpaceSharingType': 'Shared' } },
      }),
      deny('ISO1NoSessionsForOthers', {
        Action: openSession,
        Resource: '*',
        Condition: but(params, 'mint'),
      }),
    ),
    ...inPlaces(
      ['boundary'],
      deny('ISO1TagsOnlyAtCreation', {
        Action: 'sagemaker:AddTags',
        Resource: '*',
        Condition: { Null: { 'sagemaker:TaggingAction': 'true' } },
      }),
      deny('ISO1NoUntagging', { Action: 'sagemaker:DeleteTags', Resource: '*' }),
    ),
    ...(isProject(params)
      ? inPlaces(
          ['studio'],
          deny('ISO1OnlyOwnSpaces', {
            Action: useSpace,
            Resource: '*',
            Condition: { ArnNotEquals: { 'sagemaker:OwnerUserProfileArn': ownProfile(params) } },
          }),
          deny('ISO1OnlyWithAName', {
            NotAction: 'sts:GetCallerIdentity',
            Resource: '*',
            Condition: { Null: { 'aws:SourceIdentity': 'true' } },
          }),
        )
      : []),
  ],
  invariants,
}
