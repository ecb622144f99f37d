import Alert from '@cloudscape-design/components/alert'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { duration } from '../../ui/time.ts'
import { elapsedSeconds, typicalSeconds } from './run-time.ts'

/** What is being done to a thing right now, and how long such a thing takes; nothing when nothing is. */
export function CurrentRun({ query }: { query: { resourceId: string } | { accountId: string } }) {
  const runs = useRead('runs.list', { query: { ...query, limit: 5 } }, 2_000)
  const run = runs.data?.items.find((each) => each.endedAt === null)
  if (!run) return null
  const waits = run.phase === 'awaiting-approval'
  const typical = typicalSeconds(run)
  const past = run.startedAt ? `${duration(elapsedSeconds(run))} so far` : 'not begun yet'
  return (
    <Alert
      type={waits ? 'warning' : 'info'}
      header={waits ? 'A plan waits for the data owner’s approval' : `Terraform is at work: ${run.phase}`}
      action={<AppButton to={paths.run(run.id)}>{waits ? 'Read the plan' : 'Follow the run'}</AppButton>}
    >
      {run.reason}; {past}
      {typical > 0 && !waits ? `, such runs typically take ${duration(typical)}` : ''}.
    </Alert>
  )
}
