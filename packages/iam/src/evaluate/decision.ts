/** Kind of policy. `aws`: a rule of the service itself, which no policy changes. */
export type PolicyType = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'endpoint' | 'grant' | 'aws'

/** Why a statement counted, or why the absence of one did (`statement` is -1 then). */
export interface Reason {
  policy: string
  statement: number
  effect: 'Allow' | 'Deny'
  type: PolicyType
  why: string
  /** Statement id where it has one: sandbox and portal name the control by it. */
  sid?: string
}

/** `because` of a denial names the statements or the missing allow that decided it, as AWS's message does. */
export interface Decision {
  decision: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied'
  because: readonly Reason[]
}

export type Verdict = Decision['decision']
