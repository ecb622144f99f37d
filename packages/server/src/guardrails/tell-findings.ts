import type { LiveDifference, ProofResult } from '@uais/contract'
import { controlById } from '@uais/guardrails'
import type { Db } from '../db/database.ts'
import { raiseFinding, resolveOthers } from '../runs/findings.ts'
import type { AccountFacts } from './account-facts.ts'

/** Differences and broken promises are findings; those that are gone are resolved. */
export async function tellFindings(
  db: Db,
  { place: { account } }: AccountFacts,
  results: readonly ProofResult[],
  differences: readonly LiveDifference[],
): Promise<void> {
  const about = { accountId: account.id, resource: { kind: 'Account' as const, id: account.id, name: account.name } }
  const raised: string[] = []
  for (const { resource, document, message, actor, at } of differences) {
    const key = `live/${account.id}/${resource}/${document}`
    raised.push(key)
    await raiseFinding(db, {
      ...about,
      ...{ type: actor ? 'tamper' : 'drift', key, actor },
      title: `'${document}' of ${resource} is not what was applied`,
      message: actor ? `${message} Last changed by ${actor} at ${at}.` : message,
      remedy: 'Retry the stack’s run: its plan shows how UAIS would put it back.',
    })
  }
  // Without an organization an administrator can undo anything: that is said everywhere, and is no news each night.
  const broken = account.spec.organization ? results.filter(isBroken) : []
  for (const { control, invariant, verdict, why, counterexample } of broken) {
    const key = `live/${account.id}/${invariant}`
    raised.push(key)
    const title = controlById(control)?.title ?? control
    await raiseFinding(db, {
      ...about,
      ...{
        type: 'guardrail',
        key,
        control,
        title: `${control} ${verdict === 'unknown' ? 'is not proved' : 'does not hold'}: ${title}`,
      },
      message: counterexample ? inShort(counterexample) : why,
      remedy: 'See the guardrail for the request that breaks it; change what allows it, or ask for an exception.',
    })
  }
  await resolveOthers(db, `live/${account.id}/`, raised)
}

/** A chain is told by its ends; the guardrail's page shows each of its requests. */
function inShort({ sentence, steps, action, resource }: NonNullable<ProofResult['counterexample']>): string {
  const [first] = steps
  if (!first) return sentence
  return `${first.principal} gets there in ${steps.length + 1} requests, from ${first.action} to ${action} on ${resource}.`
}

const isBroken = ({ verdict, exceptionId }: ProofResult) => verdict !== 'proved' && exceptionId === null
