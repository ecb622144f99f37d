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

/** Every change of one statement that drops or weakens a part of it. */
export function changesOf(statement: PolicyStatement, people: readonly string[]): Change[] {
  return [
    { says: 'dropped', statement: undefined },
    ...(statement.Effect === 'Deny' ? fewerDenied(statement) : widerGranted(statement)),
    ...conditionChanges(statement, people),
  ]
}

/** An action or resource less; an action more where those spared are listed. */
function fewerDenied(statement: PolicyStatement): Change[] {
  const actions = list(statement.Action)
  const resources = list(statement.Resource)
  const spared = list(statement.NotAction)
  return [
    ...(actions.length > 1
      ? actions.map((action, index) => ({
          says: `without ${action}`,
          statement: { ...statement, Action: without(actions, index) },
          actions: [action],
        }))
      : []),
    ...(resources.length > 1
      ? resources.map((resource, index) => ({
          says: `not on ${resource}`,
          statement: { ...statement, Resource: without(resources, index) },
        }))
      : []),
    ...(spared.length > 0 ? temptations : [])
      .filter((action) => concerns(resources, action.split(':')[0]!) && !spared.some((item) => covers(item, action)))
      .map((action) => ({
        says: `sparing ${action}`,
        statement: { ...statement, NotAction: [...spared, action] },
        actions: [action],
      })),
  ]
}

const widerGranted = (statement: PolicyStatement): Change[] =>
  list(statement.Resource).includes('*') || statement.Principal !== undefined
    ? []
    : [{ says: 'on everything', statement: { ...statement, Resource: '*' } }]

const concerns = (resources: readonly string[], service: string) =>
  resources.some((resource) => resource === '*' || resource.split(':')[2] === service)
const covers = (pattern: string, action: string) =>
  pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
