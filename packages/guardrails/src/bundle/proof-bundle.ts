import type { Invariant, OrganizationLevel, ProofBundle, ProofPrincipal, ProofResource } from '@uais/iam'
import { catalogue } from '../catalogue.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { type Documents, documentsOf, levelsOf } from './documents.ts'
import { principalsOf } from './principals.ts'
import { resourcesOf } from './resources.ts'

/** What a proof is about besides what the compiler and the bootstrap make. */
export interface BundleAdditions {
  /** The account's own principals, as they are. One with the ARN of ours takes its place. */
  principals?: readonly ProofPrincipal[]
  /** The account's own resources, likewise. */
  resources?: readonly ProofResource[]
  /** Documents as planned or as read back, by the compiler's names, in place of the compiled ones. */
  policies?: Documents
  /** Service control policies from the root down to the account, as attached, in place of the compiled ones. */
  scps?: readonly OrganizationLevel[]
  /** Resource control policies, likewise. */
  rcps?: readonly OrganizationLevel[]
}

/** AWS takes no other characters (AWS STS API Reference, "AssumeRole": SourceIdentity), so no value holds a slash. */
const sourceIdentity = '[A-Za-z0-9_+=,.@-]{2,64}'

/** AWS makes them so (AWS Organizations API Reference, "Organization": Id). */
const organizationId = 'o-[a-z0-9]{10,32}'

/**
 * All that is promised about one account, as the prover takes it (design, section 12): the documents that are, or
 * would be, in force; everybody who could act; everything of ours; and the invariants of every control. Given the
 * parameters of a project, that project's roles and resources are part of it. Without an organization there are no
 * service control policies, and what they promise is disproved: the proof says openly what does not hold.
 */
export function proofBundle(params: AccountParams | ProjectParams, more: BundleAdditions = {}): ProofBundle {
  const documents = documentsOf(params, more.policies ?? {})
  const scps = more.scps ?? (params.organizationId ? levelsOf(params.awsAccountId, documents, 'scp') : undefined)
  const rcps = more.rcps ?? (params.organizationId ? levelsOf(params.awsAccountId, documents, 'rcp') : undefined)
  return {
    account: params.awsAccountId,
    partition: params.partition,
    region: params.region,
    ...(params.organizationId ? { organizationId: params.organizationId } : {}),
    ...(scps ? { serviceControlPolicies: scps } : {}),
    ...(rcps ? { resourceControlPolicies: rcps } : {}),
    principals: replacing(principalsOf(params, documents), more.principals ?? []),
    resources: replacing(resourcesOf(params, documents), more.resources ?? []),
    assume: {
      'aws:ResourceOrgID': { pattern: organizationId },
      'aws:SourceIdentity': { pattern: sourceIdentity },
    },
    invariants: invariantsOf(params),
  }
}

/** The promises of every control, in the order in which an owner reads them. */
export const invariantsOf = (params: AccountParams | ProjectParams): Invariant[] =>
  catalogue.flatMap((control) => control.invariants?.(params) ?? [])

function replacing<Listed extends { arn: string }>(ours: readonly Listed[], theirs: readonly Listed[]): Listed[] {
  const given = new Set(theirs.map(({ arn }) => arn))
  return [...ours.filter(({ arn }) => !given.has(arn)), ...theirs]
}
