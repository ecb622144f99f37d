import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import type { Plan } from '@uais/contract'

type Change = Plan['changes'][number]

/** The plan as people read it: what is added, changed, destroyed; the checks it passed; what it costs. */
export function PlanView({ plan }: { plan: Plan }) {
  const { add, change, destroy, import: adopted } = plan.summary
  return (
    <Container
      header={
        <Header variant="h2" description={plan.costNote}>
          {`Plan: ${add} to add, ${change} to change, ${destroy} to destroy${adopted ? `, ${adopted} to adopt` : ''}`}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {destroy > 0 && <Alert type="warning">This plan destroys {destroy} resources.</Alert>}
        {plan.checks.map((check) => (
          <StatusIndicator key={check.id} type={check.passed ? 'success' : 'error'}>
            {check.title}: {check.message}
          </StatusIndicator>
        ))}
        {plan.changes.map((item) => (
          <ChangeView key={item.address} change={item} />
        ))}
        {plan.changes.length === 0 && <Box>No changes.</Box>}
      </SpaceBetween>
    </Container>
  )
}

function ChangeView({ change }: { change: Change }) {
  return (
    <ExpandableSection headerText={`${change.actions.join(' and ')} ${change.address}`}>
      <Table
        variant="embedded"
        wrapLines
        items={change.attributes}
        trackBy="name"
        columnDefinitions={[
          { id: 'name', header: 'Attribute', isRowHeader: true, cell: (attribute) => attribute.name },
          {
            id: 'before',
            header: 'Now',
            cell: (attribute) =>
              attribute.before === null ? '–' : <span className="diff-before">{attribute.before}</span>,
          },
          { id: 'after', header: 'Planned', cell: (attribute) => attribute.after ?? '–' },
        ]}
        empty="No attribute changes."
      />
    </ExpandableSection>
  )
}
