import { fromAgreedPlace } from '../agreed-work.ts'
import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { projectRoleArn, projectRolesArn, secretArn, secretsPath } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces, isProject } from '../statement.ts'

const read = 'secretsmanager:GetSecretValue'
const ours = (p: AccountParams) => secretArn(p, 'uais/*')
const ofProjects = (p: AccountParams) => ({ ArnLike: { 'aws:PrincipalArn': projectRolesArn(p) } })
/** A parameter is a secret by another name. */
const parameters = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath']

export const secrets: Control = {
  id: 'DEP-4',
  title: 'Secrets are kept where they are guarded',
  category: 'deployment',
  words:
    "A project's roles read secrets below the project's own path only, never a parameter or a secret of somebody else; " +
    'administrators other than your break-glass role cannot read the secrets of projects.',
  enforcedBy: ['scp', 'boundary', 'identity policy'],
  limits: [
    'Which project may read which path is in the policy of its roles; a secret that a person copies into code is code.',
    'A HashiCorp Vault has policies of its own; its address is reached by the proxy (NET-9) or a private link (DAT-7).',
  ],
  sources: [
    'AWS Secrets Manager User Guide, Permissions policy examples',
    'Service Authorization Reference, AWS Secrets Manager',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('DEP4OnlyProjectsReadSecrets', {
        Action: read,
        Resource: ours(params),
        Condition: but(params, 'projects', 'break-glass'),
      }),
      deny('DEP4ProjectsReadNoOthers', { Action: read, NotResource: ours(params), Condition: ofProjects(params) }),
      deny('DEP4NoParameters', { Action: parameters, Resource: '*', Condition: ofProjects(params) }),
    ),
  invariants: (params) => [
    nobody('DEP-4/projects-only', read, { but: exempt(params, 'projects'), on: [ours(params)] }),
    nobody('DEP-4/no-others', read, { on: [secretArn(params, 'other/*')], when: ofProjects(params) }),
    nobody('DEP-4/parameters', parameters, { when: ofProjects(params) }),
    ...(isProject(params)
      ? [
          stays(
            'DEP-4/own',
            projectRoleArn(params, params.project.name, 'studio'),
            read,
            secretArn(params, `${secretsPath(params.project.name)}shared/source-AbCdEf`),
            { 'aws:SourceIdentity': '00000000-0000-4000-8000-000000000001', ...fromAgreedPlace(params) },
          ),
        ]
      : []),
  ],
}
