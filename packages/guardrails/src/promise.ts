import type { Prohibition } from '@uais/iam'
import type { AccountParams } from './params.ts'
import { type Spared, sparing } from './statement.ts'

interface Reach {
  /** ARN patterns of the exempt. */
  but: readonly string[]
  on: Prohibition['on']
  when?: Prohibition['when']
}

/** Nobody but the named may change anything by these actions: what only reads is not meant. */
export const nobodyChanges = (id: string, may: readonly string[], { but, on, when }: Reach): Prohibition => ({
  id,
  nobodyBut: but,
  may,
  accessLevels: ['Permissions management', 'Tagging', 'Write'],
  on,
  ...(when ? { when } : {}),
})

/**
 * Whom a promise exempts: the named, and whoever can act as them by design. The break-glass role can end or become any
 * role; the mint role opens Studio sessions, and the provisioning role keeps the project roles.
 */
export function exempt(params: AccountParams, ...who: Spared[]): string[] {
  const entering: Spared[] = who.includes('projects') ? ['mint', 'provision'] : []
  return sparing(params, ...new Set<Spared>([...who, ...entering, 'break-glass']))
}
