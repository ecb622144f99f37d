import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { Run } from '@uais/contract'
import { useEffect, useState } from 'react'
import { duration } from '../../ui/time.ts'
import { elapsedSeconds } from './RunsTable.tsx'

/** How far the run is: elapsed against what such runs typically take, then phase by phase. */
export function RunPhases({ run }: { run: Run }) {
  const [, tick] = useState(0)
  useEffect(() => {
    if (run.endedAt) return
    const timer = setInterval(() => tick((count) => count + 1), 1000)
    return () => clearInterval(timer)
  }, [run.endedAt])
  const elapsed = elapsedSeconds(run)
  const typical = run.timings.reduce((sum, timing) => sum + (timing.typicalSeconds ?? 0), 0)
  return (
    <SpaceBetween size="s">
      {!run.endedAt && (
        <ProgressBar
          label="Elapsed"
          value={typical > 0 ? Math.min(99, (100 * elapsed) / typical) : 0}
          additionalInfo={
            typical > 0
              ? `${duration(elapsed)}; such runs typically take ${duration(typical)}`
              : `${duration(elapsed)}; no earlier run to compare with`
          }
        />
      )}
      <Table
        variant="embedded"
        items={run.timings}
        trackBy="phase"
        columnDefinitions={[
          { id: 'phase', header: 'Phase', isRowHeader: true, cell: (timing) => timing.phase.replaceAll('-', ' ') },
          { id: 'seconds', header: 'Took', cell: (timing) => duration(timing.seconds) },
          {
            id: 'typical',
            header: 'Typically',
            cell: (timing) => (timing.typicalSeconds === null ? '–' : duration(timing.typicalSeconds)),
          },
        ]}
        empty="Not begun."
      />
    </SpaceBetween>
  )
}
