import { useParams, useRouter } from '@tanstack/react-router'
import { type Project, projectUpdate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useForget, useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { ChoiceField, LongTextField, TextField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useForm } from '../../ui/use-form.ts'
import { classifications } from './classifications.ts'

export function ProjectEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const project = useRead('projects.read', { params: { id } })
  return <Loaded query={project}>{(data) => <EditForm project={data} />}</Loaded>
}

/** Who is in is not changed here: that is the membership of the Entra groups. */
function EditForm({ project: { id, name, spec, generation } }: { project: Project }) {
  const router = useRouter()
  const forget = useForget()
  const form = useForm({
    initial: {
      objective: spec.objective,
      costCentre: spec.costCentre,
      classification: spec.classification as string,
      monthlyBudgetUsd: String(spec.monthlyBudgetUsd),
    },
    shape: (values) => ({ generation, spec: { ...values, monthlyBudgetUsd: Number(values.monthlyBudgetUsd) } }),
    schema: projectUpdate,
    send: async (body) => {
      await client.call('projects.update', { params: { id }, body })
      await forget()
      await router.navigate({ href: paths.project(id) })
    },
  })
  const { values, set, error } = form
  return (
    <FormPage
      title={`Change ${name}`}
      description="Who is in the project is decided by its Entra groups, not here. A change is planned and applied by a Terraform run."
      submitLabel="Save"
      cancelTo={paths.project(id)}
      busy={form.busy}
      onSubmit={form.submit}
    >
      <FormSection>
        <LongTextField
          label="Objective"
          description="What the project is for. The review board and the data owner read it."
          value={values.objective}
          error={error('spec.objective')}
          onChange={(v) => set('objective', v)}
        />
        <TextField
          label="Cost centre"
          value={values.costCentre}
          error={error('spec.costCentre')}
          onChange={(v) => set('costCentre', v)}
        />
        <ChoiceField
          label="Classification"
          description="The highest classification of data that the project may hold."
          value={values.classification}
          error={error('spec.classification')}
          options={classifications}
          onChange={(v) => set('classification', v)}
        />
        <TextField
          label="Monthly budget in US dollars"
          value={values.monthlyBudgetUsd}
          error={error('spec.monthlyBudgetUsd')}
          onChange={(v) => set('monthlyBudgetUsd', v)}
        />
      </FormSection>
    </FormPage>
  )
}
