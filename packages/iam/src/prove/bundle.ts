import type { ConditionValue, PolicyDocument } from '../policy/document.ts'

/** A document with the name by which verdicts refer to it. `arn` where it is a managed policy that can be versioned. */
export interface NamedDocument {
  name: string
  arn?: string | undefined
  policy: PolicyDocument
}

/** Policies attached at one level of the organization, from the root down. */
export interface OrganizationLevel {
  level: string
  policies: readonly NamedDocument[]
}

/** A user or role of the account as it is. */
export interface ProofPrincipal {
  arn: string
  tags?: Readonly<Record<string, string>> | undefined
  identityPolicies: readonly NamedDocument[]
  /** `null` or absent: none. */
  permissionsBoundary?: NamedDocument | null | undefined
  /** Absent for users. */
  trustPolicy?: PolicyDocument | null | undefined
}

/** A resource of the account as it is. Those not listed are covered too, as far as an invariant's `on` reaches. */
export interface ProofResource {
  arn: string
  /** Terraform's or CloudFormation's name of the type; in words of messages only. */
  type?: string | undefined
  tags?: Readonly<Record<string, string>> | undefined
  resourcePolicy?: PolicyDocument | null | undefined
  /** Role that this compute already runs as: whoever changes its code or opens its shell acts as that role. */
  role?: string | undefined
}

/** What a condition key may hold. Every assumption is printed with the verdict. */
export interface Assumption {
  /** A regular expression that the whole value matches: characters, classes, groups, `|`, `?`, `*`, `+`, `{n,m}`. */
  pattern?: string | undefined
  values?: readonly string[] | undefined
  /** `false`: always in the request; `true`: never. */
  absent?: boolean | undefined
}

type Condition = Readonly<Record<string, Readonly<Record<string, ConditionValue | readonly ConditionValue[]>>>>

/** Nobody but the named may do any of this. See the design, section 12. */
export interface Prohibition {
  id: string
  /** ARN patterns of the exempt principals, and of nobody else: not of whom they could create or take over. */
  nobodyBut: readonly string[]
  /** Action patterns. */
  may: readonly string[]
  /** Access levels of the action catalogue that narrow `may`. */
  accessLevels?: readonly string[] | undefined
  on: { arns?: readonly string[] | undefined; tags?: Readonly<Record<string, string>> | undefined }
  /** A Condition block that the request satisfies; absent: any request. */
  when?: Condition | undefined
}

/** What must stay possible. */
export interface Ability {
  id: string
  mustBeAbleTo: {
    principal: string
    action: string
    resource: string
    context?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined
  }
}

export type Invariant = Prohibition | Ability

/** All that a proof is about. Policies that are absent do not exist; an empty list grants nothing. */
export interface ProofBundle {
  account: string
  partition: string
  region: string
  organizationId?: string | undefined
  managementAccount?: string | undefined
  serviceControlPolicies?: readonly OrganizationLevel[] | undefined
  resourceControlPolicies?: readonly OrganizationLevel[] | undefined
  endpointPolicies?: readonly NamedDocument[] | undefined
  principals: readonly ProofPrincipal[]
  resources: readonly ProofResource[]
  assume?: Readonly<Record<string, Assumption>> | undefined
  invariants: readonly Invariant[]
}

/** One concrete request that would be allowed. */
export interface ProofRequest {
  principal: string
  action: string
  resource: string
  context: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

/** A request that breaks the promise; `steps` come before it, each allowed too, where it takes a chain. */
export interface Counterexample extends ProofRequest {
  steps: readonly ProofRequest[]
}

export interface ProofScope {
  actions: number
  principals: number
  resources: number
  /** Condition keys whose values nothing restricts: all of them were considered. */
  unbounded: readonly string[]
}

export interface ProofResult {
  id: string
  /** `unknown` is a failure, never a pass. */
  verdict: 'proved' | 'disproved' | 'unknown'
  counterexample?: Counterexample
  /** One sentence: what was shown, who could do it, or why it cannot be decided. */
  why: string
  scope: ProofScope
  assumptions: readonly string[]
  ms: number
}

export interface ProofReport {
  results: readonly ProofResult[]
}
