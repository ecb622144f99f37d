import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { sagemakerArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

/** Starting, ending or bending an app or a space is running code as the project's Studio role. */
const bendStudio = [
  'sagemaker:CreateApp',
  'sagemaker:CreateSpace',
  'sagemaker:CreateUserProfile',
  'sagemaker:DeleteApp',
  'sagemaker:DeleteSpace',
  'sagemaker:UpdateSpace',
  'sagemaker:UpdateUserProfile',
]
/** Carry sagemaker:StudioLifecycleConfigArns; a test compares the list with the catalogue. */
export const runScripts = [
  'sagemaker:CreateApp',
  'sagemaker:CreateDomain',
  'sagemaker:CreateSpace',
  'sagemaker:CreateUserProfile',
  'sagemaker:UpdateDomain',
  'sagemaker:UpdateSpace',
  'sagemaker:UpdateUserProfile',
]
/** Carry sagemaker:EnableRemoteDebug: a shell in the container of a job, through Systems Manager. */
export const openShell = ['sagemaker:CreateTrainingJob', 'sagemaker:UpdateTrainingJob']

const inDomain = (p: AccountParams) =>
  p.domainId ? ['app', 'space', 'user-profile'].map((kind) => sagemakerArn(p, `${kind}/${p.domainId}/*`)) : []
const ofDomain = (p: AccountParams) => (p.domainId ? [...inDomain(p), sagemakerArn(p, `domain/${p.domainId}`)] : [])

export const runningWork: Control = {
  id: 'IMM-6',
  title: 'Nobody gets in through work that runs already',
  category: 'immutability',
  words:
    "Whoever starts an app in a person's space, puts a script into it, or opens a shell in a running job would act as " +
    'that person. Only the person and the platform start apps, there are no start-up scripts, and no job has a shell.',
  enforcedBy: ['scp', 'boundary'],
  limits: [
    'Programs of other services (functions, stacks, pipelines) cannot hold a role of UAIS: its roles trust SageMaker ' +
      'and the platform only (IDN-6).',
    'A container image that your team chose runs as the project: who may push images is for you to say.',
    'Links to a running session are guarded by ISO-1.',
  ],
  sources: [
    'Amazon SageMaker AI Developer Guide, Access a training container through AWS Systems Manager for remote debugging',
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:StudioLifecycleConfigArns, sagemaker:EnableRemoteDebug',
  ],
  statements: (params) => {
    const noScripts = (Resource: string | string[]) =>
      deny('IMM6NoScripts', {
        Action: runScripts,
        Resource,
        Condition: { Null: { 'sagemaker:StudioLifecycleConfigArns': 'false' } },
      })
    const studio = params.domainId
      ? [
          deny('IMM6OnlyOwnersOpenStudio', {
            Action: bendStudio,
            Resource: inDomain(params),
            Condition: but(params, 'provision', 'teardown', 'projects', 'break-glass'),
          }),
          noScripts(ofDomain(params)),
        ]
      : []
    return [
      ...inPlaces(['scp'], ...studio),
      ...inPlaces(['boundary'], noScripts('*')),
      ...inPlaces(
        ['scp', 'boundary'],
        deny('IMM6NoShellInJobs', {
          Action: openShell,
          Resource: '*',
          Condition: { Bool: { 'sagemaker:EnableRemoteDebug': 'true' } },
        }),
      ),
    ]
  },
  invariants: (params) => [
    ...(params.domainId
      ? [
          nobody('IMM-6/studio', bendStudio, {
            but: exempt(params, 'provision', 'teardown', 'projects'),
            on: inDomain(params),
          }),
          nobody('IMM-6/scripts', runScripts, {
            on: ofDomain(params),
            when: { Null: { 'sagemaker:StudioLifecycleConfigArns': 'false' } },
          }),
        ]
      : []),
    nobody('IMM-6/shell', openShell, { when: { Bool: { 'sagemaker:EnableRemoteDebug': 'true' } } }),
  ],
}
