import type { Ability, Prohibition } from '@uais/iam'

interface Reach {
  /** ARN patterns of the exempt. */
  but?: readonly string[]
  on?: readonly string[]
  when?: Prohibition['when']
}

/** Nobody but the named may do any of this; on anything and in any request, where nothing narrower is said. */
export const nobody = (id: string, may: string | readonly string[], reach: Reach = {}): Prohibition => ({
  id,
  nobodyBut: reach.but ?? [],
  may: [may].flat(),
  on: { arns: reach.on ?? ['*'] },
  ...(reach.when ? { when: reach.when } : {}),
})

/** What must stay possible, with the request that AWS would make of it. */
export const stays = (
  id: string,
  principal: string,
  action: string,
  resource: string,
  context: NonNullable<Ability['mustBeAbleTo']['context']> = {},
): Ability => ({ id, mustBeAbleTo: { principal, action, resource, context } })
