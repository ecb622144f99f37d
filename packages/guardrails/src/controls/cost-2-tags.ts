import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { projectRolesArn, projectTag } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, inPlaces } from '../statement.ts'
import { besidesRefused, costByTheHour } from './actions.ts'

const without = (key: string) => ({ Null: { [`aws:RequestTag/${key}`]: 'true' } })
const ofProjects = (p: AccountParams) => ({ ArnLike: { 'aws:PrincipalArn': projectRolesArn(p) } })

export const tags: Control = {
  id: 'COST-2',
  title: 'What costs by the hour says whom it is for',
  category: 'cost',
  words:
    'Work of a project carries its name from the start, and everybody gives the tags that you require, so that no cost ' +
    'is without an owner.',
  enforcedBy: ['scp', 'identity policy'],
  limits: [
    'AWS shows a tag in the bill only after you activate it as a cost allocation tag.',
    'A tag says what a person wrote; the project tag of a project role can only be its own.',
  ],
  sources: [
    'IAM User Guide, AWS global condition context keys: aws:RequestTag',
    'AWS Billing User Guide, Organizing and tracking costs using AWS cost allocation tags',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('COST2WorkNamesItsProject', {
        Action: besidesRefused(params.profile, costByTheHour),
        Resource: '*',
        Condition: { ...without(projectTag), ...ofProjects(params) },
      }),
      // One statement per tag: of several keys in one block all must be missing.
      ...(params.requiredTags ?? []).map((key, index) =>
        deny(`COST2RequireTag${index + 1}`, {
          Action: besidesRefused(params.profile, costByTheHour),
          Resource: '*',
          Condition: without(key),
        }),
      ),
    ),
  invariants: (params) => [
    nobody('COST-2/project', costByTheHour, { when: { ...without(projectTag), ...ofProjects(params) } }),
    ...(params.requiredTags ?? []).map((key, index) =>
      nobody(`COST-2/tag-${index + 1}`, costByTheHour, { when: without(key) }),
    ),
  ],
}
