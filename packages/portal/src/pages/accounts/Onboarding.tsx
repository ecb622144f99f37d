import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Account, Answer, Api } from '@uais/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useAct } from '../../ui/use-act.ts'

type Bootstrap = Answer<Api['accounts.bootstrap']>
type Probe = Answer<Api['accounts.probe']>['probes'][number]

/** The owner's part of onboarding: read the roles, create them, let the platform try each, then provision. */
export function Onboarding({ account, readOnly = false }: { account: Account; readOnly?: boolean }) {
  const params = { id: account.id }
  const bootstrap = useRead('accounts.bootstrap', { params })
  const { busy, act } = useAct()
  const [probes, setProbes] = useState<Probe[]>([])
  const passed = probes.length > 0 && probes.every((probe) => probe.state !== 'failed')
  const probe = () => act(async () => setProbes((await client.call('accounts.probe', { params, body: {} })).probes))
  return (
    <SpaceBetween size="l">
      <Loaded query={bootstrap}>{(data) => <BootstrapRoles bootstrap={data} readOnly={readOnly} />}</Loaded>
      {!readOnly && (
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
            {probes.map((item) => (
              <div key={item.id}>
                <StatusIndicator
                  type={{ passed: 'success', failed: 'error', skipped: 'stopped' }[item.state] as 'success'}
                >
                  {item.title}
                </StatusIndicator>
                <Box variant="small" display="block" padding={{ left: 'l' }}>
                  {item.message}
                </Box>
              </div>
            ))}
            <SpaceBetween direction="horizontal" size="xs">
              <Button loading={busy} onClick={() => void probe()}>
                Check the roles
              </Button>
              <Button
                variant="primary"
                disabled={!passed}
                loading={busy}
                onClick={() =>
                  void act(
                    () => client.call('accounts.provision', { params, body: {} }),
                    'The first run has begun: it is in the list below.',
                  )
                }
              >
                Provision the account
              </Button>
            </SpaceBetween>
          </SpaceBetween>
        </Container>
      )}
    </SpaceBetween>
  )
}

function BootstrapRoles({ bootstrap, readOnly }: { bootstrap: Bootstrap; readOnly: boolean }) {
  const files = [bootstrap, ...(bootstrap.organization ? [bootstrap.organization] : [])]
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            variant="h2"
            description="These are all the ways in. Each trusts one exact principal of the platform and an ExternalId made for this account alone."
          >
            {readOnly ? 'The platform’s roles' : '1. Read what the platform may do'}
          </Header>
        }
      >
        <SpaceBetween size="m">
          {files.flatMap((file) => file.roles.map((role) => <RoleInWords key={role.arn} role={role} />))}
        </SpaceBetween>
      </Container>
      <Container
        header={
          <Header variant="h2" description="By an administrator of each account, with the owner’s own Terraform.">
            {readOnly ? 'How they were created' : '2. Create them'}
          </Header>
        }
      >
        <SpaceBetween size="m">
          {bootstrap.note && <Alert type="info">{bootstrap.note}</Alert>}
          {files.map((file) => (
            <SpaceBetween size="xs" key={file.fileName}>
              <ExpandableSection headerText={file.fileName} headerDescription={`In account ${file.awsAccountId}`}>
                <CodeBlock label={file.fileName} code={file.terraform} />
              </ExpandableSection>
              <CopyToClipboard
                copyButtonText={`Copy ${file.fileName}`}
                textToCopy={file.terraform}
                copySuccessText="Copied"
                copyErrorText="Copying failed"
              />
              <Box variant="code">{file.commands.join(' && ')}</Box>
            </SpaceBetween>
          ))}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  )
}

function RoleInWords({ role }: { role: Bootstrap['roles'][number] }) {
  return (
    <ExpandableSection headerText={role.name} headerDescription={role.purpose}>
      <ColumnLayout columns={2}>
        <RoleList title="May" lines={role.may} />
        <RoleList title="Can never" lines={role.mayNot} />
      </ColumnLayout>
      <Box variant="small" padding={{ top: 's' }} display="block">
        {role.arn} trusts {role.trustedPrincipal}
      </Box>
    </ExpandableSection>
  )
}

function RoleList({ title, lines }: { title: string; lines: string[] }) {
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
