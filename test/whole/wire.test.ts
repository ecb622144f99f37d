import { beforeAll, describe, expect, test } from 'vitest'
import { demo } from './demo.ts'
import { allowedCalls } from './wire-allowed.ts'
import { boto3 } from './wire-boto3.ts'
import type { WireCall } from './wire-calls.ts'
import { cli } from './wire-cli.ts'
import { type Outcome, sdk, type WireClient } from './wire-clients.ts'
import { deniedCalls } from './wire-denied.ts'
import { openWire, type WireSession } from './wire-session.ts'

/** Errors that say who may not do what, in AWS's words (IAM User Guide, "Troubleshoot access denied error messages"). */
const denied = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/
const wording =
  /is not authorized to perform: [a-z0-9-]+:\w+|You are not authorized to perform this operation|Access Denied/

let session: WireSession
beforeAll(async () => {
  session = await openWire(await demo())
})

const label = ({ as, service, operation }: WireCall) => `${as} ${service}:${operation}`

function faults(
  calls: readonly WireCall[],
  outcomes: readonly Outcome[],
  holds: (outcome: Outcome) => boolean,
): string[] {
  return calls.flatMap((call, index) => {
    const outcome = outcomes[index] as Outcome
    return holds(outcome)
      ? []
      : [`${label(call)} ${JSON.stringify(call.input).slice(0, 120)}: ${JSON.stringify(outcome).slice(0, 300)}`]
  })
}

const clients: [string, WireClient | undefined][] = [
  ['AWS SDK v3', sdk],
  ['AWS CLI', cli],
  ['boto3', boto3],
]

describe.each(clients)('%s', (_name, client) => {
  test.skipIf(!client)('does what each principal needs', async () => {
    const calls = allowedCalls(session.subjects)
    expect(calls.length).toBeGreaterThanOrEqual(40)
    expect(faults(calls, (await client?.(session, calls)) ?? [], ({ ok }) => ok)).toEqual([])
  })

  test.skipIf(!client)('is denied what the guardrails forbid, with AWS’s code and message', async () => {
    const calls = deniedCalls(session.subjects)
    expect(calls.length).toBeGreaterThanOrEqual(40)
    const refused = (outcome: Outcome) => !outcome.ok && denied.test(outcome.code) && wording.test(outcome.message)
    expect(faults(calls, (await client?.(session, calls)) ?? [], refused)).toEqual([])
  })
})
