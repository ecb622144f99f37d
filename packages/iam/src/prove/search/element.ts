import type { CompiledPolicy } from '../../policy/compile.ts'
import { compilePolicy } from '../../policy/compile.ts'

/** A resource of a request: one of the bundle, or one that stands for all others that no policy tells from it. */
export interface Element {
  readonly arn: string
  readonly accountId: string
  readonly foreign: boolean
  readonly resourcePolicy: CompiledPolicy | undefined
  /** Tags that it is known to have, by tag key in lower case. */
  readonly tags: ReadonlyMap<string, string>
  /** It may have more tags than those. */
  readonly open: boolean
  /** Requests on its type carry its tags. */
  readonly taggable: boolean
  /** Its ARN if it were in another region, where that makes no difference to any policy; one of the bundle stays. */
  readonly movedTo: (region: string) => string | undefined
  /** Requests may leave its tags out. */
  readonly reticent: boolean
  /** Elements with the same are decided by the same policies and rules, but for what their ARNs match. */
  readonly structure: string
  /** Elements with the same are the same to every policy. */
  readonly signature: string
}

/**
 * What stands for the unknown policy of a resource in another account: whoever owns it lets everybody in. Exfiltration
 * needs no more.
 */
export const openPolicy = compilePolicy(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } },
  { name: 'a policy that lets everybody in', type: 'resource' },
)

const defaultKeyPolicies = new Map<string, CompiledPolicy>()

/** The policy of a KMS key that nobody gave one: "gives the AWS account that owns the key full access" (KMS Developer
 * Guide, "Default key policy"), so that IAM policies decide. */
export function defaultKeyPolicy(partition: string, account: string): CompiledPolicy {
  const root = `arn:${partition}:iam::${account}:root`
  const known = defaultKeyPolicies.get(root)
  if (known) return known
  const policy = compilePolicy(
    {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' },
    },
    { name: 'the default key policy', type: 'resource' },
  )
  defaultKeyPolicies.set(root, policy)
  return policy
}
