import type { Prohibition } from '../bundle.ts'
import type { World, WorldResource } from '../world.ts'

/** Patterns that tell resources apart though no policy names them, alternatives in one list. */
export function boundaries(world: World): readonly (readonly string[])[] {
  return [...reserved(world), ...bucketsOf(world).map(({ arn }) => [`${arn}/*`])]
}

/** Patterns one of which every resource in scope matches; undefined when all do. */
export function scopeOf({ arns }: Prohibition['on']): readonly string[] | undefined {
  return arns?.includes('*') ? undefined : arns
}

/** The buckets of the bundle: their policies are those of what is in them too. */
export function bucketsOf({ resources }: World): readonly WorldResource[] {
  return resources.filter(({ arn }) => /^arn:[^:]+:s3:::[^/]+$/.test(arn))
}

/** Names that only AWS uses: rules of the services refuse them to everybody else. */
function reserved({ bundle: { partition, account } }: World): string[][] {
  const role = `arn:${partition}:iam::${account}:role`
  return [[`${role}/aws-service-role/*`, `${role}/aws-reserved/*`], [`arn:${partition}:kms:*:*:alias/aws/*`]]
}
