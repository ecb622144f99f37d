import { fromAgreedPlace } from '../agreed-work.ts'
import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { dataBucketArn, projectRoleArn, secretArn } from '../names.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { exempt } from '../promise.ts'
import { but, deny, forAnyone, inPlaces, isProject } from '../statement.ts'

const files = (p: AccountParams) => `${dataBucketArn(p)}/projects/*/users/*`
const reading = ['s3:GetObject', 's3:GetObjectTorrent', 's3:GetObjectVersion']
/** Two members of a project, by Entra object id, for promises about each other. */
const [one, other] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']

/** What one member reaches of another's, and of their own: the policies know both only as `aws:SourceIdentity`. */
function betweenMembers(p: ProjectParams) {
  const { name } = p.project
  const studio = projectRoleArn(p, name, 'studio')
  const home = (person: string) => `${dataBucketArn(p)}/projects/${name}/users/${person}/notes.ipynb`
  const secret = (person: string) => secretArn(p, `uais/${name}/users/${person}/token-AbCdEf`)
  const as = (person: string) => ({ 'aws:SourceIdentity': person })
  const mine = { ...as(one!), ...fromAgreedPlace(p) }
  const notAs = { StringNotEqualsIfExists: as(other!) }
  return [
    nobody('ISO-2/other-files', [...reading, 's3:PutObject'], {
      but: exempt(p, 'mint', 'provision'),
      on: [home(other!)],
      when: notAs,
    }),
    nobody('ISO-2/other-secrets', 'secretsmanager:GetSecretValue', {
      but: exempt(p, 'mint', 'provision'),
      on: [secret(other!)],
      when: notAs,
    }),
    stays('ISO-2/own-files', studio, 's3:GetObject', home(one!), mine),
    stays('ISO-2/own-secrets', studio, 'secretsmanager:GetSecretValue', secret(one!), mine),
  ]
}

export const ownThings: Control = {
  id: 'ISO-2',
  title: "A person's files and secrets are theirs",
  category: 'isolation',
  words:
    "Files below a person's own prefix are read and written in that person's session and jobs only, and a person's " +
    'secrets in their session only: not by colleagues, not by administrators. Your break-glass role can.',
  enforcedBy: ['resource policy', 'identity policy'],
  limits: [
    'Names of files and sizes can be listed by administrators.',
    'A folder of data that is called `users` is guarded alike: a star of a policy stands for slashes too.',
    'What a person copies into the shared place of the project is shared.',
    'Who but members may read a secret is said by DEP-4.',
  ],
  sources: [
    'Amazon S3 User Guide, Bucket policy examples: aws:PrincipalArn',
    'Service Authorization Reference, AWS Secrets Manager: ARNs end in six random characters',
  ],
  statements: (params) => [
    ...inPlaces(
      ['data-bucket'],
      forAnyone(
        deny('ISO2FilesOfPeople', {
          Action: reading,
          Resource: files(params),
          Condition: but(params, 'projects', 'break-glass'),
        }),
      ),
      // The mint role writes uploads, in which people may have a folder of that name.
      forAnyone(
        deny('ISO2NothingUnderTheirName', {
          Action: 's3:PutObject',
          Resource: files(params),
          Condition: but(params, 'projects', 'mint', 'break-glass'),
        }),
      ),
    ),
  ],
  invariants: (params) => [
    nobody('ISO-2/files', [...reading, 's3:PutObject'], { but: exempt(params, 'projects'), on: [files(params)] }),
    ...(isProject(params) ? betweenMembers(params) : []),
  ],
}
