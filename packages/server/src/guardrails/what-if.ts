import { type Account, PlatformError, type ProofResult, type WhatIfReport } from '@uais/contract'
import { PolicyError, parsePolicy } from '@uais/iam'
import type { Call } from '../access/route.ts'
import type { Stack } from '../runs/stack.ts'
import { type AccountBundle, accountBundle } from './account-bundle.ts'
import { type AccountFacts, readAccountFacts, wanted } from './account-facts.ts'
import { documentName } from './documents.ts'
import { proveAccountBundle } from './proving.ts'
import { touched } from './touched.ts'

const mostSeconds = 25
const mostSecondsCold = 120

/** Proves what an edit of documents can touch, before and after it. Nothing is kept and no account is entered. */
export async function whatIf(
  { context, db, body, http }: Call<'accounts.what-if'>,
  account: Account,
): Promise<WhatIfReport> {
  const facts = await readAccountFacts(db, context.config, account.id)
  if (!facts) throw new PlatformError('not-found', 'trying documents: the account is gone')
  const edited = editedFacts(facts, body.documents)
  const began = performance.now()
  const [was, would] = [facts, edited].map((each) => accountBundle(wanted(context.config, each)))
  if (!was || !would) throw new Error('trying documents: there is no bundle')
  const ids = touched(was.bundle, would.bundle)
  const left = new AbortController()
  // Somebody types on: what they asked before need not be proved any more.
  http.reply.raw.once('close', () => left.abort())
  const door = { db, prover: context.prover, signal: left.signal }
  const prove = (built: AccountBundle) => proveAccountBundle(door, facts.owner, only(built, ids), mostSeconds)
  // One prover: the edited first, which is what was asked for; the other is known from the last time, mostly.
  const after = ids.size > 0 ? await prove(would) : []
  const before = ids.size > 0 ? await prove(was) : []
  return {
    ms: performance.now() - began,
    results: after.map((result) => ({ ...result, before: verdictOf(before, result) })),
    untouched: would.bundle.invariants.length - ids.size,
  }
}

/**
 * Proves the documents as they are, for whoever is about to edit one: the prover is warm by then, and what holds before
 * the edit is known.
 */
export async function warmUp(
  { context, db, telling }: Call<'accounts.guardrail-documents'>,
  account: Account,
): Promise<void> {
  try {
    const facts = await readAccountFacts(db, context.config, account.id)
    if (!facts) return
    const built = accountBundle(wanted(context.config, facts))
    await proveAccountBundle({ db, prover: context.prover }, facts.owner, built, mostSecondsCold)
  } catch (error) {
    telling.log.warn({ err: error, account: account.name }, 'documents could not be proved before somebody edits them')
  }
}

const verdictOf = (before: readonly ProofResult[], { invariant }: ProofResult): ProofResult['verdict'] =>
  before.find((each) => each.invariant === invariant)?.verdict ?? 'unknown'

/** The named promises, in the order in which they are named. */
const only = ({ bundle, promises }: AccountBundle, ids: ReadonlySet<string>): AccountBundle => ({
  promises,
  bundle: { ...bundle, invariants: [...ids].flatMap((id) => bundle.invariants.find((one) => one.id === id) ?? []) },
})

/** @throws PlatformError invalid-request with every fault: a name that is none, a text that is no policy */
function editedFacts(facts: AccountFacts, documents: Readonly<Record<string, string>>): AccountFacts {
  const names = new Set(
    facts.stacks.flatMap((stack) => Object.keys(stack.policies).map((name) => documentName(stack, name))),
  )
  const faults = Object.entries(documents).flatMap(([name, text]) => {
    const message = names.has(name) ? faultOf(text) : 'there is no document of that name'
    return message ? [{ path: `documents.${name}`, message }] : []
  })
  if (faults.length > 0) {
    const all = faults.map(({ path, message }) => `${path}: ${message}`).join('; ')
    throw new PlatformError('invalid-request', `trying documents: ${all}`, { details: { fields: faults } })
  }
  const edit = (stack: Stack): Stack => ({
    ...stack,
    policies: Object.fromEntries(
      Object.entries(stack.policies).map(([name, text]) => [name, documents[documentName(stack, name)] ?? text]),
    ),
  })
  return { ...facts, stacks: facts.stacks.map(edit) }
}

function faultOf(text: string): string | undefined {
  try {
    parsePolicy(text)
    return undefined
  } catch (error) {
    if (error instanceof PolicyError) return error.message
    throw error
  }
}
