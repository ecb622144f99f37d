import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Account, Answer, Api } from '@uais/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { sentence } from '../../ui/field-words.ts'
import { useAct } from '../../ui/use-act.ts'
import { BootstrapRoles } from './BootstrapRoles.tsx'

type Probe = Answer<Api['accounts.probe']>['probes'][number]

const indicators = { passed: 'success', failed: 'error', skipped: 'stopped' } as const

/** The owner's part of onboarding: read the roles, create them, let the platform try each, then provision. */
export function Onboarding({ account }: { account: Account }) {
  return (
    <SpaceBetween size="l">
      <BootstrapRoles account={account} />
      <CheckAndProvision account={account} />
    </SpaceBetween>
  )
}

function CheckAndProvision({ account }: { account: Account }) {
  const params = { id: account.id }
  const { busy, act } = useAct()
  const [probes, setProbes] = useState<Probe[]>([])
  const failed = probes.filter((probe) => probe.state === 'failed')
  const passed = probes.length > 0 && failed.length === 0
  const probe = () => act(async () => setProbes((await client.call('accounts.probe', { params, body: {} })).probes))
  const provision = () =>
    act(() => client.call('accounts.provision', { params, body: {} }), 'The first run has begun: follow it here.')
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Each step of entering the account is tried by itself, so that a failure names its cause."
        >
          3. Check, then provision
        </Header>
      }
    >
      <SpaceBetween size="m">
        {failed.length > 0 && (
          <Alert type="warning">
            {`${failed.length} of ${probes.length} checks failed. If the roles are not created yet, do step 2 first, then check again.`}
          </Alert>
        )}
        {probes.map((item) => (
          <div key={item.id}>
            <StatusIndicator type={indicators[item.state]}>{item.title}</StatusIndicator>
            <Box variant="small" display="block" padding={{ left: 'l' }}>
              {sentence(item.message)}
            </Box>
          </div>
        ))}
        <SpaceBetween direction="horizontal" size="xs">
          <Button loading={busy} variant={passed ? 'normal' : 'primary'} onClick={() => void probe()}>
            Check the roles
          </Button>
          <Button
            variant={passed ? 'primary' : 'normal'}
            disabled={!passed}
            disabledReason="Check the roles first: every check must pass."
            loading={busy}
            onClick={() => void provision()}
          >
            Provision the account
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  )
}
