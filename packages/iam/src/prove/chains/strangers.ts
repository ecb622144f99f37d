import type { Candidate, World } from '../world.ts'
import { pinnedBy } from './quick/pinned.ts'
import { isSurelyDenied } from './quick/surely-denied.ts'

/** A service or identity provider: it has no policies of its own. */
export function stranger(world: World, arn: string): Candidate {
  return { arn, policies: { ...world.organization, identityPolicies: [] }, tags: {}, steps: [] }
}

/**
 * Whether the role can trust the service on behalf of what this account has there: what its trust policy asks of
 * aws:SourceArn is taken to be so.
 */
export function trustsService(world: World, role: string, service: string): boolean {
  const pinned = pinnedBy({ StringEquals: { 'aws:SourceAccount': world.bundle.account } })
  return !isSurelyDenied(world, { candidate: stranger(world, service), action: 'sts:AssumeRole', arn: role, pinned })
}
