import { useParams, useRouter } from '@tanstack/react-router'
import { workspaceCreate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ChoiceField } from '../../ui/Field.tsx'
import { FormPage } from '../../ui/FormPage.tsx'
import { useForm } from '../../ui/use-form.ts'

const instances = [
  { value: 'ml.t3.medium', label: 'ml.t3.medium', description: '2 vCPU, 4 GiB: for looking and light work' },
  { value: 'ml.m5.large', label: 'ml.m5.large', description: '2 vCPU, 8 GiB' },
  { value: 'ml.m5.2xlarge', label: 'ml.m5.2xlarge', description: '8 vCPU, 32 GiB' },
]

export function WorkspaceCreatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const router = useRouter()
  const form = useForm({
    initial: { instanceType: 'ml.t3.medium' },
    shape: (values) => ({ spec: values }),
    schema: workspaceCreate,
    send: async (body) => {
      await client.call('workspaces.create', { params: { id }, body, idempotencyKey: crypto.randomUUID() })
      await router.navigate({ href: paths.project(id) })
    },
  })
  return (
    <FormPage
      title="Add workspace"
      description="A SageMaker Studio space of your own, inside the owner’s account and network. Everything you do in it carries your identity."
      submitLabel="Add workspace"
      cancelTo={paths.project(id)}
      busy={form.busy}
      onSubmit={form.submit}
    >
      <ChoiceField
        label="Instance"
        value={form.values.instanceType}
        error={form.error('spec.instanceType')}
        options={instances}
        onChange={(v) => form.set('instanceType', v)}
      />
    </FormPage>
  )
}
