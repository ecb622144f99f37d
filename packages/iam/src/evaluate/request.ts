import type { CompiledPolicy } from '../policy/compile.ts'

/** A condition key's value in a request: one value, or several for a multivalued key. Absent keys are absent. */
export type ContextValue = string | number | boolean | readonly string[]

/** Request context by condition key; keys compare without case (IAM User Guide, "Condition operators"). */
export type RequestContext = Readonly<Record<string, ContextValue | undefined>>

/**
 * One authorization question: may this principal do this action on this resource?
 * An API call that touches several resources, or needs dependent actions (iam:PassRole), is several of these.
 */
export interface AuthorizationRequest {
  /** An IAM ARN (role, user, root, `assumed-role` session, `federated-user`), a service principal
   * (`sagemaker.amazonaws.com`), a federated provider ARN, or `*` for an anonymous caller. */
  principal: string
  /** `service:Action` */
  action: string
  resource: { arn: string; accountId: string }
  context: RequestContext
}

export interface NamedPolicies {
  /** `root`, an organizational unit or account id; order is from the root down. Every level must allow. */
  level: string
  policies: readonly CompiledPolicy[]
}

/**
 * All policies that decide a request. Absent means "there is none of this kind";
 * an empty list means "one that grants nothing".
 */
export interface PolicySet {
  identityPolicies: readonly CompiledPolicy[]
  permissionsBoundaries?: readonly CompiledPolicy[] | undefined
  sessionPolicies?: readonly CompiledPolicy[] | undefined
  serviceControlPolicies?: readonly NamedPolicies[] | undefined
  resourceControlPolicies?: readonly NamedPolicies[] | undefined
  /** Policy on the resource itself: bucket, key, queue, secret, role trust, ... */
  resourcePolicy?: CompiledPolicy | undefined
  endpointPolicies?: readonly CompiledPolicy[] | undefined
  /** KMS grants on the key, when the resource is a key (KMS Developer Guide, "Grants in AWS KMS"). */
  kmsGrants?: readonly KmsGrant[] | undefined
  /** The organization's management account: its principals are exempt from SCPs, its resources from RCPs. */
  managementAccount?: string | undefined
}

export interface KmsGrant {
  granteePrincipal: string
  operations: readonly string[]
  constraints?: {
    encryptionContextSubset?: Readonly<Record<string, string>>
    encryptionContextEquals?: Readonly<Record<string, string>>
  }
}
