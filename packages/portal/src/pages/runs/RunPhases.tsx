import Box from '@cloudscape-design/components/box'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { type Run, type RunPhase, runPhases } from '@uais/contract'
import { useEffect, useState } from 'react'
import { duration } from '../../ui/time.ts'
import { elapsedSeconds, typicalSeconds } from './run-time.ts'

interface Step {
  phase: RunPhase
  state: StatusIndicatorProps.Type
  seconds: number | null
  typical: number | null
}

/** Phases of every run; an approval is only one of them where the plan waits for it. */
const everyRun: RunPhase[] = runPhases
  .slice(0, runPhases.indexOf('succeeded'))
  .filter((phase) => phase !== 'awaiting-approval')

/** The way of a run: what is behind it, where it is, and what is still to come. */
function stepsOf(run: Run): Step[] {
  const timed = new Map(run.timings.map((timing) => [timing.phase, timing]))
  const ahead = run.endedAt ? [] : everyRun
  const phases: RunPhase[] = runPhases.filter(
    (phase) => timed.has(phase) || ahead.includes(phase) || phase === run.phase,
  )
  const at = phases.indexOf(run.phase)
  return phases
    .filter((phase) => everyRun.includes(phase) || phase === 'awaiting-approval')
    .map((phase, index) => ({
      phase,
      state: stateOf(run, phase, index, at),
      seconds: index > at && !run.endedAt ? null : (timed.get(phase)?.seconds ?? null),
      typical: timed.get(phase)?.typicalSeconds ?? null,
    }))
}

function stateOf(run: Run, phase: RunPhase, index: number, at: number): StatusIndicatorProps.Type {
  if (phase === run.phase) return phase === 'awaiting-approval' ? 'warning' : 'in-progress'
  if (!run.endedAt) return index < at ? 'success' : 'pending'
  // A run that did not succeed stopped in the last phase that it was in.
  return run.phase !== 'succeeded' && phase === run.timings.at(-1)?.phase ? 'error' : 'success'
}

/** How far the run is: elapsed against what such runs typically take, then phase by phase. */
export function RunPhases({ run }: { run: Run }) {
  const [, tick] = useState(0)
  useEffect(() => {
    if (run.endedAt) return
    const timer = setInterval(() => tick((count) => count + 1), 1000)
    return () => clearInterval(timer)
  }, [run.endedAt])
  const elapsed = elapsedSeconds(run)
  const typical = typicalSeconds(run)
  return (
    <SpaceBetween size="s">
      {!run.endedAt && typical > 0 && (
        <ProgressBar
          label="Elapsed"
          value={Math.min(99, (100 * elapsed) / typical)}
          additionalInfo={`${duration(elapsed)}; such runs typically take ${duration(typical)}`}
        />
      )}
      {!run.endedAt && typical === 0 && (
        <Box variant="p">{duration(elapsed)} so far; there is no earlier run to compare with.</Box>
      )}
      <Table
        variant="embedded"
        items={stepsOf(run)}
        trackBy="phase"
        columnDefinitions={[
          {
            id: 'phase',
            header: 'Phase',
            isRowHeader: true,
            cell: ({ phase, state }) => <StatusIndicator type={state}>{phase.replaceAll('-', ' ')}</StatusIndicator>,
          },
          { id: 'seconds', header: 'Took', cell: (step) => (step.seconds === null ? '–' : duration(step.seconds)) },
          {
            id: 'typical',
            header: 'Typically',
            cell: (step) => (step.typical === null ? '–' : duration(step.typical)),
          },
        ]}
        empty="Not begun."
      />
    </SpaceBetween>
  )
}
