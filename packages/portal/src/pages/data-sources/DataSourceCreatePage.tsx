import { useParams, useRouter } from '@tanstack/react-router'
import { dataSourceCreate, type Project } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { ChoiceField, LongTextField, TextField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useForm } from '../../ui/use-form.ts'
import { DataUseTerms } from '../accounts/DataUseTerms.tsx'
import { classifications } from '../projects/classifications.ts'
import { type ProjectAccess, useProjectAccess } from '../projects/use-project-access.ts'

const initial = { name: '', source: '', bucket: '', prefix: '', purpose: '', classification: 'internal' }
const sources = [
  {
    value: 'upload',
    label: 'Upload files',
    description: 'From this browser straight into the owner’s bucket; nothing passes through UAIS',
  },
  { value: 's3', label: 'Already in S3', description: 'Stays where it is; the project gets read access to the prefix' },
]

/** Whose part is which: members bring files, the owner of the account gives what lies in it. */
function sourcesFor(access: ProjectAccess) {
  return sources.filter(({ value }) => (value === 'upload' ? access.works : access.owns))
}

function shape({ name, source, bucket, prefix, purpose, classification }: typeof initial): object {
  const described = { purpose, classification }
  return { name, spec: source === 's3' ? { source, bucket, prefix, ...described } : { source, ...described } }
}

export function DataSourceCreatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const project = useRead('projects.read', { params: { id } })
  return <Loaded query={project}>{(data) => <DataSourceForm project={data} />}</Loaded>
}

function DataSourceForm({ project: { id, spec } }: { project: Project }) {
  const router = useRouter()
  const choices = sourcesFor(useProjectAccess(id, spec.accountId))
  // Whoever has one way is not asked which.
  const sourceOf = (values: typeof initial) => values.source || (choices.length === 1 ? (choices[0]?.value ?? '') : '')
  const form = useForm({
    initial,
    shape: (values) => shape({ ...values, source: sourceOf(values) }),
    schema: dataSourceCreate,
    send: async (body) => {
      const source = await client.call('data-sources.create', {
        params: { id },
        body,
        idempotencyKey: crypto.randomUUID(),
      })
      await router.navigate({ href: paths.dataSource(source.id) })
    },
  })
  const { values, set, error } = form
  const source = sourceOf(values)
  return (
    <FormPage
      title="Add data"
      description="Data stays in the owner’s account. The project’s roles get read access to exactly this, through a Terraform run."
      submitLabel="Add data"
      cancelTo={paths.project(id)}
      busy={form.busy}
      notice={<DataUseTerms projectId={id} />}
      onSubmit={form.submit}
    >
      <FormSection>
        <TextField
          label="Name"
          description="Lower-case letters, digits and hyphens."
          value={values.name}
          error={error('name')}
          onChange={(v) => set('name', v)}
        />
        <ChoiceField
          label="Where the data is"
          value={source}
          error={error('spec.source')}
          options={choices}
          onChange={(v) => set('source', v)}
        />
        {source === 's3' && (
          <TextField
            label="Bucket"
            value={values.bucket}
            error={error('spec.bucket')}
            onChange={(v) => set('bucket', v)}
          />
        )}
        {source === 's3' && (
          <TextField
            label="Prefix"
            description="Ends with a slash"
            placeholder="claims/2026/"
            value={values.prefix}
            error={error('spec.prefix')}
            onChange={(v) => set('prefix', v)}
          />
        )}
        <LongTextField
          label="Purpose"
          description="What the data is used for; the review board reads it."
          value={values.purpose}
          error={error('spec.purpose')}
          onChange={(v) => set('purpose', v)}
        />
        <ChoiceField
          label="Classification"
          value={values.classification}
          error={error('spec.classification')}
          options={classifications}
          onChange={(v) => set('classification', v)}
        />
      </FormSection>
    </FormPage>
  )
}
