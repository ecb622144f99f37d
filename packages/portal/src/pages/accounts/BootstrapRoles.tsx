import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Account, Answer, Api, BootstrapFile } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Loaded } from '../../ui/Loaded.tsx'

type Bootstrap = Answer<Api['accounts.bootstrap']>

/** The roles that the owner reads and creates: in words, as Terraform, and how to apply them. */
export function BootstrapRoles({ account, readOnly = false }: { account: Account; readOnly?: boolean }) {
  const bootstrap = useRead('accounts.bootstrap', { params: { id: account.id } })
  return <Loaded query={bootstrap}>{(data) => <Roles bootstrap={data} readOnly={readOnly} />}</Loaded>
}

function Roles({ bootstrap, readOnly }: { bootstrap: Bootstrap; readOnly: boolean }) {
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
          <BootstrapFileView file={bootstrap} />
          {bootstrap.organization && <BootstrapFileView file={bootstrap.organization} isShared />}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  )
}

function BootstrapFileView({ file, isShared = false }: { file: BootstrapFile; isShared?: boolean }) {
  const commands = file.commands.join(' && ')
  return (
    <SpaceBetween size="xs">
      <ExpandableSection
        headerText={file.fileName}
        headerDescription={`In account ${file.awsAccountId}${isShared ? ', once for all accounts of the organization' : ''}`}
      >
        <CodeBlock label={file.fileName} code={file.terraform} />
      </ExpandableSection>
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          iconName="download"
          download={file.fileName}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file.terraform)}`}
        >
          Download {file.fileName}
        </Button>
        <CopyToClipboard
          copyButtonText="Copy it"
          copyButtonAriaLabel={`Copy ${file.fileName}`}
          textToCopy={file.terraform}
          copySuccessText="Copied"
          copyErrorText="Copying failed"
        />
      </SpaceBetween>
      <Box>
        {isShared ? 'In its own directory, the same for every account: ' : 'In a directory of its own: '}
        <CopyText text={commands} label={`commands for ${file.fileName}`} />
      </Box>
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
