import { useRouter } from '@tanstack/react-router'
import { projectCreate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { ChoiceField, LongTextField, TextField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { GroupPicker } from '../../ui/GroupPicker.tsx'
import { useForm } from '../../ui/use-form.ts'
import { classifications } from './classifications.ts'

const initial = {
  name: '',
  accountId: '',
  objective: '',
  costCentre: '',
  classification: '',
  lead: '',
  scientist: '',
  viewer: '',
  monthlyBudgetUsd: '200',
}

function shape(form: typeof initial): object {
  const groups = (['lead', 'scientist', 'viewer'] as const).flatMap((role) =>
    form[role] ? [{ groupId: form[role], role }] : [],
  )
  const { name, accountId, objective, costCentre, classification, monthlyBudgetUsd } = form
  return {
    name,
    spec: { accountId, objective, costCentre, classification, groups, monthlyBudgetUsd: Number(monthlyBudgetUsd) },
  }
}

const groupFields = [
  { role: 'lead', label: 'Leads', description: 'May change the project, add data and deploy.' },
  {
    role: 'scientist',
    label: 'Scientists',
    description: 'May work in a workspace, train and submit models. Optional.',
  },
  { role: 'viewer', label: 'Viewers', description: 'May look. Optional.' },
] as const

export function ProjectCreatePage() {
  const router = useRouter()
  const { ownsAccounts, platformRoles } = useSession()
  const administers = platformRoles.includes('admin')
  const accounts = useRead('accounts.list', { query: { limit: 100 } })
  const form = useForm({
    initial,
    shape,
    schema: projectCreate,
    send: async (body) => {
      const project = await client.call('projects.create', { body, idempotencyKey: crypto.randomUUID() })
      await router.navigate({ href: paths.project(project.id) })
    },
  })
  const { values, set, error } = form
  const mine = (accounts.data?.items ?? []).filter((account) => administers || ownsAccounts.includes(account.id))
  const choices = mine.map((account) => ({
    value: account.id,
    label: account.name,
    description: `${account.spec.awsAccountId}, ${account.spec.region}, ${account.status.phase}`,
  }))
  return (
    <FormPage
      title="Create project"
      description="A project is an objective, the people who pursue it, and the account whose data they use."
      submitLabel="Create project"
      cancelTo={paths.projects}
      busy={form.busy}
      refused={
        administers || ownsAccounts.length > 0
          ? undefined
          : 'Projects are made by the owner of the account whose data they use. Ask that data owner for a project.'
      }
      onSubmit={form.submit}
    >
      <FormSection>
        <TextField
          label="Name"
          description="Lower-case letters, digits and hyphens; part of resource names."
          value={values.name}
          error={error('name')}
          onChange={(v) => set('name', v)}
        />
        <LongTextField
          label="Objective"
          description="What the project is for. The review board and the data owner read it."
          value={values.objective}
          error={error('spec.objective')}
          onChange={(v) => set('objective', v)}
        />
        <ChoiceField
          label="Account"
          description="Where the data is; the project works inside it."
          value={values.accountId}
          error={error('spec.accountId')}
          options={choices}
          onChange={(v) => set('accountId', v)}
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
        {groupFields.map((field) => (
          <GroupPicker
            key={field.role}
            label={`${field.label}: Entra group`}
            description={field.description}
            value={values[field.role]}
            error={field.role === 'lead' ? error('spec.groups') : ''}
            onChange={(v) => set(field.role, v)}
          />
        ))}
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
