import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { AccountGuardrail, Answer, Api } from '@uais/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { Facts } from '../../ui/Facts.tsx'
import { ago } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { ProofState, type ProofStateName } from './ProofState.tsx'

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
  const states = [...new Set(controls.map((control) => control.proof.state))]
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
            states.map((state) => [countOf(controls, state), <ProofState key={state} state={state} />]),
          )}
        />
        {report && <LiveReport report={report} />}
      </SpaceBetween>
    </Container>
  )
}

const countOf = (controls: readonly AccountGuardrail[], state: ProofStateName) => {
  const found = controls.filter((control) => control.proof.state === state).length
  return `${found} ${found === 1 ? 'control' : 'controls'}`
}

function LiveReport({ report }: { report: Report }) {
  const failed = report.results.filter((result) => result.verdict !== 'proved' && result.exceptionId === null)
  return (
    <SpaceBetween size="xs">
      <Alert type={failed.length ? 'error' : 'success'}>
        {failed.length
          ? `${failed.length} of ${report.results.length} promises do not hold with what is live: ${failed.map((each) => each.invariant).join(', ')}.`
          : `All ${report.results.length} promises hold with what is live.`}{' '}
        {`The proof took ${report.ms.toFixed(0)} ms.`}
      </Alert>
      {report.differences.map((difference) => (
        <Alert
          key={`${difference.resource} ${difference.document}`}
          type="warning"
          header={`${difference.document} is not what was compiled`}
        >
          {difference.message} {difference.actor && `By ${difference.actor}.`}
        </Alert>
      ))}
      {report.notRead.length > 0 && (
        <Alert type="info" header="Not read">
          {`Taken from what was compiled, since they could not be read: ${report.notRead.join(', ')}.`}
        </Alert>
      )}
    </SpaceBetween>
  )
}
