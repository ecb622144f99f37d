import { policySize, type SizedPolicy, sizeLimits } from '../policy/size.ts'
import type { NamedDocument, ProofBundle } from './bundle.ts'
import { BundleError } from './bundle-error.ts'

/**
 * Refuses policies that AWS would not store for their size, so that nothing is proved of documents that cannot be.
 *
 * @throws {BundleError}
 */
export function checkSizes({
  serviceControlPolicies = [],
  resourceControlPolicies = [],
  endpointPolicies = [],
  principals,
  resources,
}: ProofBundle): void {
  for (const [kind, field, levels] of [
    ['scp', 'serviceControlPolicies', serviceControlPolicies],
    ['rcp', 'resourceControlPolicies', resourceControlPolicies],
  ] as const) {
    for (const [at, { policies }] of levels.entries()) {
      for (const [index, { policy }] of policies.entries()) check(policy, kind, `${field}[${at}].policies[${index}]`)
    }
  }
  for (const [index, { policy }] of endpointPolicies.entries()) check(policy, 'endpoint', `endpointPolicies[${index}]`)
  for (const [index, principal] of principals.entries()) checkPrincipal(principal, `principals[${index}]`)
  for (const [index, { arn, resourcePolicy }] of resources.entries()) {
    const kind = /^arn:[^:]+:s3:/.test(arn) ? 'bucket' : /^arn:[^:]+:kms:/.test(arn) ? 'key' : undefined
    if (kind && resourcePolicy) check(resourcePolicy, kind, `resources[${index}].resourcePolicy`)
  }
}

function checkPrincipal(principal: ProofBundle['principals'][number], path: string): void {
  const { arn, identityPolicies, permissionsBoundary, trustPolicy } = principal
  for (const [index, { arn: managed, policy }] of identityPolicies.entries()) {
    if (managed !== undefined) check(policy, 'managed', `${path}.identityPolicies[${index}]`)
  }
  const inline = identityPolicies.filter((one: NamedDocument) => one.arn === undefined).map(({ policy }) => policy)
  check(inline, arn.includes(':user/') ? 'user-inline' : 'role-inline', `${path}.identityPolicies`)
  if (permissionsBoundary) check(permissionsBoundary.policy, 'managed', `${path}.permissionsBoundary`)
  if (trustPolicy) check(trustPolicy, 'trust', `${path}.trustPolicy`)
}

function check(document: object | readonly object[], kind: SizedPolicy, path: string): void {
  const { size, limit, unit } = policySize(document, kind)
  const largest = sizeLimits[kind].upTo ?? limit
  if (size <= largest) return
  const measure = unit === 'bytes' ? 'bytes' : 'characters'
  throw new BundleError(path, `has ${size} ${measure}; AWS stores at most ${largest} (${sizeLimits[kind].source})`)
}
