import Table from '@cloudscape-design/components/table'
import type { ModelVersion } from '@uais/contract'

interface Row {
  name: string
  values: Record<string, number>
}

/** Metrics side by side for each set of data: `train:auc` and `validation:auc` are one row. */
export function Metrics({ metrics }: { metrics: ModelVersion['spec']['metrics'] }) {
  const sets = [...new Set(metrics.map((metric) => split(metric.name).set))]
  const rows = new Map<string, Row>()
  for (const metric of metrics) {
    const { set, name } = split(metric.name)
    const row = rows.get(name) ?? { name, values: {} }
    row.values[set] = metric.value
    rows.set(name, row)
  }
  return (
    <Table<Row>
      variant="embedded"
      items={[...rows.values()]}
      trackBy="name"
      empty="The training job reported no metrics."
      columnDefinitions={[
        { id: 'name', header: 'Metric', isRowHeader: true, cell: (row) => row.name },
        ...sets.map((set) => ({ id: set, header: set, cell: (row: Row) => row.values[set]?.toPrecision(4) ?? '–' })),
      ]}
    />
  )
}

function split(metric: string): { set: string; name: string } {
  const at = metric.indexOf(':')
  return at < 0 ? { set: 'value', name: metric } : { set: metric.slice(0, at), name: metric.slice(at + 1) }
}
