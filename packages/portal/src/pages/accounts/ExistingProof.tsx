import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Account, ExistingProof as Existing, ExistingRisk } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { ago } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { Counterexample } from '../guardrails/Counterexample.tsx'
import { ProofState } from '../guardrails/ProofState.tsx'
import { useAccountAccess } from './use-account-access.ts'

/** What the account's own roles could do before UAIS makes anything, once its owner lets them be read. */
export function ExistingProof({ account }: { account: Account }) {
  const params = { id: account.id }
  const proof = useRead('accounts.proof', { params }, 3_000)
  const { owns } = useAccountAccess(account.id)
  const { busy, act } = useAct()
  const start = () => act(() => client.call('accounts.start-proof', { params, body: {} }))
  return (
    <Loaded query={proof}>
      {(data) => (
        <Container
          header={
            <Header
              variant="h2"
              description="Reads roles, users and service control policies by uais-audit, and changes nothing."
              actions={
                owns && (
                  <Button loading={busy || data.state === 'running'} onClick={() => void start()}>
                    {data.state === 'not-started' ? 'Let them be read' : 'Read them again'}
                  </Button>
                )
              }
            >
              What your own roles could do
            </Header>
          }
        >
          <Result proof={data} />
        </Container>
      )}
    </Loaded>
  )
}

function Result({ proof }: { proof: Existing }) {
  if (proof.state === 'failed') return <Alert type="error">{proof.summary}</Alert>
  if (proof.state !== 'done') return <Box>{proof.summary}</Box>
  const open = proof.risks.filter((risk) => risk.verdict !== 'proved')
  return (
    <SpaceBetween size="m">
      <Alert type={open.length ? 'warning' : 'success'}>{proof.summary}</Alert>
      <Facts
        columns={4}
        facts={{
          Read: proof.finishedAt ? ago(proof.finishedAt) : undefined,
          Roles: String(proof.roles),
          Users: String(proof.users),
          'Service control policies':
            proof.serviceControlPolicies === null ? 'could not be read' : String(proof.serviceControlPolicies),
        }}
      />
      {open.map((risk) => (
        <Risk key={risk.invariant} risk={risk} />
      ))}
      {proof.assumptions.length > 0 && (
        <ExpandableSection headerText="Taken for granted">
          <Lines lines={proof.assumptions} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  )
}

function Risk({ risk }: { risk: ExistingRisk }) {
  return (
    <ExpandableSection headerText={`${risk.control}: ${risk.title}`} headerDescription={risk.why}>
      <SpaceBetween size="xs">
        <ProofState state={risk.verdict} />
        <Lines lines={risk.principals} />
        {risk.counterexample && <Counterexample example={risk.counterexample} />}
      </SpaceBetween>
    </ExpandableSection>
  )
}
