import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Account, ExistingProof as Existing } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { ago } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { ExistingRisks } from './ExistingRisks.tsx'
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
  const { state, summary, risks, assumptions, finishedAt, roles, users, serviceControlPolicies } = proof
  // Nothing waits for it, so that it could not be read is no error of the account.
  if (state === 'failed') return <Alert type="warning">{summary}</Alert>
  if (state !== 'done') return <Box>{summary}</Box>
  return (
    <SpaceBetween size="m">
      <Alert type={risks.length ? 'warning' : 'success'}>{summary}</Alert>
      <Facts
        columns={4}
        facts={{
          Read: finishedAt ? ago(finishedAt) : undefined,
          'Roles of your own': String(roles),
          'Users of your own': String(users),
          'Service control policies':
            serviceControlPolicies === null ? 'not read: no organization' : String(serviceControlPolicies),
        }}
      />
      {risks.length > 0 && <ExistingRisks risks={risks} />}
      {assumptions.length > 0 && (
        <ExpandableSection headerText="Taken for granted">
          <Lines lines={assumptions} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  )
}
