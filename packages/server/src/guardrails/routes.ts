import type { Account, ProofReport } from '@uais/contract'
import { sql } from 'kysely'
import type { Call, Handlers } from '../access/route.ts'
import { seesEverything, type Viewer } from '../access/viewer.ts'
import { accountParams } from '../accounts/params.ts'
import type { Config } from '../config/config.ts'
import type { Db } from '../db/database.ts'
import { acted } from '../events.ts'
import { readProjectPlace } from '../projects/stack.ts'
import { pageOfArray } from '../resources/array-page.ts'
import { ask } from '../resources/ask.ts'
import { findResources } from '../resources/store.ts'
import { stacksOfAccount } from './account-stacks.ts'
import { documentsOf } from './documents.ts'
import { readExistingProof, startExistingProof } from './existing.ts'
import { type GuardrailFacts, guardrails, guardrailsOf } from './guardrails.ts'
import { readProofs } from './proofs.ts'
import { warmUp, whatIf } from './what-if.ts'

const patienceMs = 200_000

export const guardrailRoutes = {
  'guardrails.list': {
    on: 'Platform',
    handle: async ({ query }) =>
      pageOfArray(
        guardrails(),
        query,
        (guardrail) => guardrail.id,
        (guardrail) => `${guardrail.id} ${guardrail.title} ${guardrail.words}`,
      ),
  },
  'accounts.guardrails': {
    on: 'Account',
    handle: async ({ context, db, viewer, query }, account) =>
      pageOfArray(
        guardrailsOf(account, await factsOf(db, context.config, viewer, account)),
        query,
        (guardrail) => guardrail.id,
        (guardrail) => `${guardrail.id} ${guardrail.title} ${guardrail.words}`,
      ),
  },
  'accounts.guardrail-documents': {
    on: 'Account',
    handle: async (call, account) => {
      const { context, db } = call
      const items = documentsOf(await stacksOfAccount(db, context.config, account.id))
      // Not waited for: who reads them need not edit one.
      void warmUp(call, account)
      return { items }
    },
  },
  // Proving takes seconds: it must not hold a transaction open.
  'accounts.what-if': { on: 'Account', outside: true, handle: whatIf },
  'accounts.prove': { on: 'Account', outside: true, handle: proveNow },
  'accounts.proof': { on: 'Account', handle: ({ db }, account) => readExistingProof(db, account.id) },
  'accounts.start-proof': { on: 'Account', handle: startExistingProof },
} satisfies Partial<Handlers>

/** The worker does it: the API's own role cannot read an account's policies. */
async function proveNow({ db, person, telling }: Call<'accounts.prove'>, account: Account): Promise<ProofReport> {
  const report = await ask<'prove-account', ProofReport>(db, 'prove-account', { accountId: account.id }, patienceMs)
  const open = report.results.filter(({ verdict, exceptionId }) => verdict !== 'proved' && exceptionId === null).length
  const detail = `the live policies were proved: ${open} of ${report.results.length} promises do not hold`
  await acted(telling, person, 'ProveAccount', account, detail)
  return report
}

async function factsOf(db: Db, config: Config, viewer: Viewer, account: Account): Promise<GuardrailFacts> {
  const projects = await findResources(db, 'Project', sql<boolean>`account_id = ${account.id}`)
  const places = await Promise.all(projects.map(({ id }) => readProjectPlace(db, config, id)))
  const open = sql<boolean>`account_id = ${account.id} and status -> 'outputs' ->> 'decision' in ('requested', 'approved')
    and (spec ->> 'expiresAt')::timestamptz > now()`
  return {
    params: accountParams(config, account),
    projects: places.flatMap((place) => place?.projectParams ?? []),
    documents: documentsOf(await stacksOfAccount(db, config, account.id)),
    proofs: await readProofs(db, account.id),
    exceptions: (await findResources(db, 'Exception', open)).reverse(),
    showCounterexamples: seesEverything(viewer) || viewer.groups.has(account.spec.ownerGroup),
  }
}
