import Button from '@cloudscape-design/components/button'
import type { ModelVersion } from '@uais/contract'
import { client } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { Approval } from './Approval.tsx'

export function ModelVersionsTable({ projectId }: { projectId: string }) {
  const { busy, act } = useAct()
  return (
    <ResourceTable<ModelVersion>
      route="model-versions.list"
      params={{ id: projectId }}
      title="Models"
      description="Read from the SageMaker Model Registry; they appear by themselves when somebody registers one."
      refreshMs={5_000}
      rowKey={(version) => version.id}
      actions={
        <Button
          loading={busy}
          onClick={() => void act(() => client.call('models.sweep', { params: { id: projectId }, body: {} }))}
        >
          Look now
        </Button>
      }
      empty="No model is registered yet. Train in a workspace and register the model in the project’s group."
      columns={[
        {
          id: 'name',
          header: 'Model version',
          isRowHeader: true,
          cell: (version) => <AppLink to={paths.modelVersion(version.id)}>{version.name}</AppLink>,
        },
        {
          id: 'by',
          header: 'Registered by',
          cell: (version) => version.spec.registeredBy.name ?? version.spec.registeredBy.sourceIdentity ?? '–',
        },
        { id: 'at', header: 'Registered', cell: (version) => ago(version.spec.registeredAt) },
        {
          id: 'metrics',
          header: 'Metrics',
          minWidth: 220,
          cell: (version) => headlineOf(version.spec.metrics),
        },
        { id: 'review', header: 'Review', cell: (version) => <Approval version={version} /> },
      ]}
    />
  )
}

/** What was measured on data that training had not seen; all of it where nothing says so. */
function headlineOf(metrics: ModelVersion['spec']['metrics']): string {
  const unseen = metrics.filter((metric) => metric.name.startsWith('validation:'))
  const shown = unseen.length > 0 ? unseen : metrics
  return shown.map((metric) => `${metric.name} ${metric.value.toPrecision(3)}`).join(', ') || '–'
}
