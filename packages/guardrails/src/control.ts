import type { Invariant, PolicyStatement } from '@uais/iam'
import type { AccountParams, ProjectParams } from './params.ts'

export type Category =
  | 'identity'
  | 'network'
  | 'data'
  | 'monitoring'
  | 'deployment'
  | 'cost'
  | 'immutability'
  | 'isolation'

/** Kind of policy or rule that makes a control hold. */
export type Enforcement =
  | 'scp'
  | 'rcp'
  | 'boundary'
  | 'identity policy'
  | 'resource policy'
  | 'endpoint policy'
  | 'trust policy'
  | 'event rule'
  | 'terraform'

/** Documents that controls add statements to. */
export type Place =
  | 'scp'
  | 'rcp'
  | 'boundary'
  | 'studio'
  | 'data-bucket'
  | 'trail-bucket'
  | 's3-endpoint'
  | 'interface-endpoint'

export interface PlacedStatement {
  place: Place
  statement: PolicyStatement & { Sid: string }
}

/** One promise to the data owner, and the statements that keep it. */
export interface Control {
  /** `NET-1`; a statement's Sid starts with it without punctuation: `NET1RequireVpcSubnets`. */
  id: string
  title: string
  category: Category
  /** The promise in the owner's words. */
  words: string
  enforcedBy: readonly Enforcement[]
  /** What it does not cover, said openly. */
  limits: readonly string[]
  /** Titles of the AWS pages that the statements rest on. */
  sources: readonly string[]
  /** Statements for the given account, or for one of its projects where the place belongs to a project. */
  statements(params: AccountParams | ProjectParams): PlacedStatement[]
  /** What it promises, in the form that is proved; ids start with the control's (`IMM-1/tamper`). */
  invariants?(params: AccountParams | ProjectParams): Invariant[]
}

/** What is shown of a control; plain data, safe to serialise. */
export interface ControlSummary extends Omit<Control, 'statements' | 'invariants'> {
  /** Sids in the documents that were compiled with it. */
  sids: readonly string[]
}
