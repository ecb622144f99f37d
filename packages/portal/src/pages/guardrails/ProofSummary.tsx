import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { AccountGuardrail, Answer, Api } from '@uais/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { ago } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { type ProofStateName, proofStates } from './ProofState.tsx'

type Report = Answer<Api['accounts.prove']>

interface ProofSummaryProps {
  accountId: string
  controls: readonly AccountGuardrail[]
  mayProve: boolean
}

/** How many controls are proved, when that was, and the way to have it proved again from what is live now. */
export function ProofSummary({ accountId, controls, mayProve }: ProofSummaryProps) {
  const { busy, act } = useAct()
  const [report, setReport] = useState<Report | null>(null)
  const states = order.filter((state) => controls.some(({ proof }) => proof.state === state))
  const last = controls
    .flatMap((control) => control.proof.at ?? [])
    .sort()
    .at(-1)
  const prove = () =>
    act(async () => setReport(await client.call('accounts.prove', { params: { id: accountId }, body: {} })))
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            last ? `Last proved ${ago(last)}.` : 'Proved when a plan is made, after it is applied, and each night.'
          }
          actions={
            mayProve && (
              <Button loading={busy} loadingText="Reading the live documents" onClick={() => void prove()}>
                Prove what is live now
              </Button>
            )
          }
        >
          Proof
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Facts
          columns={4}
          facts={Object.fromEntries(
            states.map((state) => [
              proofStates[state].words,
              <StatusIndicator key={state} type={proofStates[state].type}>
                {countOf(controls, state)}
              </StatusIndicator>,
            ]),
          )}
        />
        {report && <LiveReport accountId={accountId} report={report} />}
      </SpaceBetween>
    </Container>
  )
}

/** What asks for somebody's attention first. */
const order: readonly ProofStateName[] = [
  ...(['disproved', 'unknown', 'excepted'] as const),
  ...(['not-yet-proved', 'proved', 'no-promise'] as const),
]

const countOf = (controls: readonly AccountGuardrail[], state: ProofStateName) => {
  const found = controls.filter((control) => control.proof.state === state).length
  return `${found} ${found === 1 ? 'control' : 'controls'}`
}

function LiveReport({ accountId, report }: { accountId: string; report: Report }) {
  const { results, differences, notRead, ms } = report
  const failed = results.filter((result) => result.verdict !== 'proved' && result.exceptionId === null)
  const excepted = results.filter((result) => result.verdict !== 'proved' && result.exceptionId !== null).length
  const controls = [...new Set(failed.map(({ control }) => control))]
  const took = `The proof took ${(ms / 1000).toFixed(1)} s.`
  return (
    <SpaceBetween size="xs">
      {failed.length > 0 ? (
        <Alert
          type="error"
          header={`${failed.length} of ${results.length} promises ${failed.length === 1 ? 'does' : 'do'} not hold with what is live`}
        >
          {'See how: '}
          {controls.map((control, index) => (
            <span key={control}>
              {index > 0 && ', '}
              <AppLink to={paths.accountGuardrail(accountId, control)}>{control}</AppLink>
            </span>
          ))}
          {`. ${took}`}
        </Alert>
      ) : (
        <Alert type="success">
          {excepted > 0
            ? `All but ${excepted} of ${results.length} promises hold with what is live; for those an exception is in force. ${took}`
            : `All ${results.length} promises hold with what is live. ${took}`}
        </Alert>
      )}
      {differences.map(({ resource, document, message, actor, at }) => (
        <Alert key={`${resource} ${document}`} type="warning" header={`‘${document}’ is not what was applied`}>
          {`${resource}: ${message}`}
          {actor && ` Last changed by ${actor}${at ? `, ${ago(at)}` : ''}.`}
        </Alert>
      ))}
      {notRead.length > 0 && (
        <Alert type="info" header="Not read">
          {`Taken from what was compiled, since they could not be read: ${notRead.join(', ')}.`}
        </Alert>
      )}
    </SpaceBetween>
  )
}
