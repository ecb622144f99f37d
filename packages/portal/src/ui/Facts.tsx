import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { ReactNode } from 'react'

/** Label and value pairs; a missing value shows as a dash, not as nothing. */
export function Facts({ facts, columns = 3 }: { facts: Record<string, ReactNode>; columns?: number }) {
  return (
    <KeyValuePairs
      columns={columns}
      items={Object.entries(facts).map(([label, value]) => ({ label, value: value ?? '–' }))}
    />
  )
}
