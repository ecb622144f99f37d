import type { PolicyStatement } from '@uais/iam'
import { conditionChanges } from './condition-changes.ts'

/** One way in which a statement could have been written by mistake; `undefined` is no statement at all. */
export interface Change {
  says: string
  statement: PolicyStatement | undefined
  /** Action patterns that the change concerns, where it does not concern all of the statement. */
  actions?: readonly string[]
  /** Why it decides every request as before, where that is certain. */
  equivalent?: string | undefined
}

const list = (value: string | readonly string[] | undefined): readonly string[] => [value ?? []].flat()
const without = <Item>(items: readonly Item[], index: number) => items.filter((_, at) => at !== index)

/** What somebody might leave out of a denial of everything but a few actions. */
const temptations = [
  'iam:UpdateAssumeRolePolicy',
  'kms:DisableKey',
  's3:GetObject',
  's3:PutBucketPolicy',
  'sagemaker:AddTags',
  'sagemaker:DeleteEndpoint',
]

/** Every change of one statement that drops or weakens a part of it, or spares one less. */
export function changesOf(statement: PolicyStatement, people: readonly string[]): Change[] {
  return [
    { says: 'dropped', statement: undefined },
    ...fewer(statement, 'Action', 'without'),
    ...fewer(statement, 'NotAction', 'not sparing'),
    ...fewer(statement, 'Resource', 'not on'),
    ...fewer(statement, 'NotResource', 'also on'),
    ...(statement.Effect === 'Deny' ? tempted(statement) : widerGranted(statement)),
    ...conditionChanges(statement, people),
  ]
}

/** One less of a list of actions or resources. */
function fewer(
  statement: PolicyStatement,
  key: 'Action' | 'NotAction' | 'Resource' | 'NotResource',
  says: string,
): Change[] {
  const items = list(statement[key])
  if (items.length < 2) return []
  return items.map((item, index) => ({
    says: `${says} ${item}`,
    statement: { ...statement, [key]: without(items, index) },
    ...(/Action$/.test(key) ? { actions: [item] } : {}),
  }))
}

/** A denial of everything but a few actions that spares one more. */
function tempted(statement: PolicyStatement): Change[] {
  const spared = list(statement.NotAction)
  const resources = list(statement.Resource)
  return (spared.length > 0 ? temptations : [])
    .filter((action) => concerns(resources, action.split(':')[0]!) && !spared.some((item) => covers(item, action)))
    .map((action) => ({
      says: `sparing ${action}`,
      statement: { ...statement, NotAction: [...spared, action] },
      actions: [action],
    }))
}

const widerGranted = (statement: PolicyStatement): Change[] =>
  list(statement.Resource).includes('*') || statement.Principal !== undefined
    ? []
    : [{ says: 'on everything', statement: { ...statement, Resource: '*' } }]

const concerns = (resources: readonly string[], service: string) =>
  resources.some((resource) => resource === '*' || resource.split(':')[2] === service)
const covers = (pattern: string, action: string) =>
  pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
