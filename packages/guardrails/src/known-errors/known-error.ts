import type { PolicyStatement } from '@uais/iam'
import type { StandingStatement } from '../every-document.ts'

/** An error that circulates in published SageMaker guardrails, as a rule that finds it in a statement of ours. */
export interface KnownError {
  /** Numbers of the collection that the errors come from. */
  numbers: readonly number[]
  name: string
  /** What is wrong with the statement; nothing where it is right. */
  find(standing: StandingStatement): string | undefined | Promise<string | undefined>
  /** The statement as it circulates: the rule must find it. */
  seen: StandingStatement
}

export const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : ([value].flat() as T[])

export const conditionsOf = ({ Condition = {} }: PolicyStatement) =>
  Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values).map(String) })),
  )

export const isAllow = ({ Effect }: PolicyStatement) => Effect === 'Allow'
export const does = (statement: PolicyStatement, action: string) => list(statement.Action).includes(action)
export const has = (statement: PolicyStatement, operator: string, key: string) =>
  statement.Condition?.[operator]?.[key] !== undefined

/** Ceilings grant nothing, and session policies only narrow: what they allow has to be granted elsewhere. */
export const grants = ({ document, statement }: StandingStatement) =>
  isAllow(statement) && document !== 'account/boundary' && !document.startsWith('session/')

type Body = Omit<PolicyStatement, 'Effect'>
export const denial = (body: Body, document = 'organization/guardrails-1'): StandingStatement => ({
  document,
  statement: { Effect: 'Deny', ...body },
})
export const grant = (body: Body, document = 'project/studio'): StandingStatement => ({
  document,
  statement: { Effect: 'Allow', ...body },
})
