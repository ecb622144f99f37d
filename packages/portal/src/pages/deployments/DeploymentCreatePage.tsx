import FormField from '@cloudscape-design/components/form-field'
import Tiles from '@cloudscape-design/components/tiles'
import { useParams, useRouter } from '@tanstack/react-router'
import { type Answer, type Api, deploymentCreate, type ModelVersion } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { TextField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useForm } from '../../ui/use-form.ts'
import { type ProjectAccess, useProjectAccess } from '../projects/use-project-access.ts'

type Configuration = Answer<Api['deployment-configurations.list']>['items'][number]

export function DeploymentCreatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const version = useRead('model-versions.read', { params: { id } })
  const configurations = useRead('deployment-configurations.list', {})
  return (
    <Loaded query={version}>
      {(model) => (
        <Loaded query={configurations}>
          {({ items }) => <DeploymentForm version={model} configurations={items} />}
        </Loaded>
      )}
    </Loaded>
  )
}

function DeploymentForm({ version, configurations }: { version: ModelVersion; configurations: Configuration[] }) {
  const router = useRouter()
  const access = useProjectAccess(version.projectId, version.accountId)
  const form = useForm({
    initial: { name: '', configuration: configurations[0]?.id ?? '' },
    shape: ({ name, configuration }) => {
      const chosen = configurations.find((item) => item.id === configuration)
      return {
        name,
        spec: {
          modelVersionId: version.id,
          environment: chosen?.environment,
          instanceType: chosen?.instanceType,
          instanceCount: chosen?.instanceCount,
        },
      }
    },
    schema: deploymentCreate,
    send: async (body) => {
      const deployment = await client.call('deployments.create', {
        params: { id: version.projectId ?? '' },
        body,
        idempotencyKey: crypto.randomUUID(),
      })
      await router.navigate({ href: paths.deployment(deployment.id) })
    },
  })
  return (
    <FormPage
      title="Deploy"
      description={`A real-time endpoint that serves ${version.name}, artifact ${version.spec.artifact.sha256.slice(0, 12)}…, and nothing else.`}
      submitLabel="Deploy"
      cancelTo={paths.modelVersion(version.id)}
      busy={form.busy}
      refused={refusalOf(version, access)}
      onSubmit={form.submit}
    >
      <FormSection>
        <TextField
          label="Name"
          description="Lower-case letters, digits and hyphens."
          value={form.values.name}
          error={form.error('name')}
          onChange={(v) => form.set('name', v)}
        />
        <FormField label="Configuration" errorText={form.error('spec.instanceType')} stretch>
          <Tiles
            ariaLabel="Configuration"
            value={form.values.configuration}
            onChange={({ detail }) => form.set('configuration', detail.value)}
            items={configurations.map((item) => ({
              value: item.id,
              label: item.title,
              description: `${item.description} ${item.instanceCount} × ${item.instanceType}, about $${(item.usdPerHour * 730).toFixed(0)} a month.`,
            }))}
          />
        </FormField>
      </FormSection>
    </FormPage>
  )
}

function refusalOf(version: ModelVersion, access: ProjectAccess): string | undefined {
  if (version.status.outputs.approval !== 'Approved')
    return 'The review board has not approved this version. Submit it for review from its page.'
  return access.leads ? undefined : 'Leads of the project deploy. Ask one of them.'
}
