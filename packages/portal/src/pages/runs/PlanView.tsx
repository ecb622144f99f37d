import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Plan } from '@uais/contract'
import { useState } from 'react'
import { PlannedChange } from './PlannedChange.tsx'

const shownAtFirst = 8

/** The plan as people read it: what is added, changed, destroyed; the checks it passed; what it costs. */
export function PlanView({ plan }: { plan: Plan }) {
  const { add, change, destroy, import: adopted } = plan.summary
  const [all, setAll] = useState(false)
  // What takes something away is read first.
  const weight = (each: Plan['changes'][number]) =>
    each.actions.includes('delete') ? 0 : each.actions.includes('update') ? 1 : 2
  const changes = [...plan.changes].sort((one, other) => weight(one) - weight(other))
  return (
    <Container
      header={
        <Header variant="h2" description={plan.costNote}>
          {`Plan: ${add} to add, ${change} to change, ${destroy} to destroy${adopted ? `, ${adopted} to adopt` : ''}`}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {destroy > 0 && (
          <Alert type="warning">{`This plan destroys ${destroy} ${destroy === 1 ? 'resource' : 'resources'}.`}</Alert>
        )}
        <SpaceBetween size="xxs">
          {plan.checks.map((check) => (
            <StatusIndicator key={check.id} type={check.passed ? 'success' : 'error'}>
              {check.title}: {check.message}
            </StatusIndicator>
          ))}
        </SpaceBetween>
        <SpaceBetween size="xxs">
          {(all ? changes : changes.slice(0, shownAtFirst)).map((item) => (
            <PlannedChange key={item.address} change={item} />
          ))}
        </SpaceBetween>
        {changes.length > shownAtFirst && (
          <Button onClick={() => setAll(!all)} ariaExpanded={all}>
            {all ? `Show the first ${shownAtFirst} only` : `Show all ${changes.length} changes`}
          </Button>
        )}
        {changes.length === 0 && <Box>No changes.</Box>}
      </SpaceBetween>
    </Container>
  )
}
