/** A policy document as AWS writes it (IAM User Guide, "Grammar of the IAM JSON policy language"). */
export interface PolicyDocument {
  Version?: '2012-10-17' | '2008-10-17'
  Id?: string
  Statement: PolicyStatement | PolicyStatement[]
}

export interface PolicyStatement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: PolicyPrincipal
  NotPrincipal?: PolicyPrincipal
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  NotResource?: string | string[]
  Condition?: Record<string, Record<string, ConditionValue | ConditionValue[]>>
}

export type ConditionValue = string | number | boolean

export type PolicyPrincipal =
  | '*'
  | {
      AWS?: string | string[]
      Service?: string | string[]
      Federated?: string | string[]
      CanonicalUser?: string | string[]
    }

/** Most elements take one value or several. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as T]
}
