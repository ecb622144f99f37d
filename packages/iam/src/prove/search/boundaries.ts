import type { Prohibition } from '../bundle.ts'
import type { World, WorldResource } from '../world.ts'

/** Patterns that tell resources apart though no policy names them, alternatives in one list. */
export function boundaries(world: World, on: Prohibition['on']): readonly (readonly string[])[] {
  const contents = bucketsOf(world).map(({ arn }) => [`${arn}/*`])
  const scope = on.arns === undefined || on.arns.includes('*') ? [] : [on.arns]
  return [...scope, ...reserved(world), ...contents]
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
