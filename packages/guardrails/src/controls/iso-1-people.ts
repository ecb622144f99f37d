import type { Control } from '../control.ts'
import { sagemakerArn } from '../names.ts'
import { but, deny, inPlaces, isProject } from '../statement.ts'

/** Lower-case by construction: profiles are named by Entra object ids, which is also the session's source identity. */
const ownProfile = (params: Parameters<typeof sagemakerArn>[0], domainId: string) =>
  sagemakerArn(params, `user-profile/${domainId}/\${aws:SourceIdentity}`)

export const people: Control = {
  id: 'ISO-1',
  title: "People cannot reach each other's work",
  category: 'isolation',
  words:
    'Each person works in a private space of their own, under their own name. Nobody can open a session as somebody ' +
    "else, read somebody else's files or secrets, or retag a thing to make it theirs.",
  enforcedBy: ['scp', 'boundary', 'identity policy'],
  limits: [
    'Members of one project share its data, its models and its training role: that is what a project is for.',
    'AWS cannot limit lists, so names of spaces and apps (opaque ids) are visible inside the domain.',
    'Your break-glass role can read everything: it is your data. Other administrators can list it, not decrypt it.',
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
        Action: [
          'sagemaker:CreatePartnerAppPresignedUrl',
          'sagemaker:CreatePresignedDomainUrl',
          'sagemaker:CreatePresignedMlflowAppUrl',
          'sagemaker:CreatePresignedMlflowTrackingServerUrl',
          'sagemaker:CreatePresignedNotebookInstanceUrl',
          'sagemaker:StartSession',
        ],
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
            Action: ['sagemaker:CreateApp', 'sagemaker:DeleteApp', 'sagemaker:UpdateSpace'],
            Resource: '*',
            Condition: {
              ArnNotEquals: { 'sagemaker:OwnerUserProfileArn': ownProfile(params, params.domainId) },
            },
          }),
          deny('ISO1OnlyWithAName', {
            NotAction: 'sts:GetCallerIdentity',
            Resource: '*',
            Condition: { Null: { 'aws:SourceIdentity': 'true' } },
          }),
        )
      : []),
  ],
}
