import { useParams, useRouter } from '@tanstack/react-router'
import { dataSourceCreate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ChoiceField, LongTextField, TextField } from '../../ui/Field.tsx'
import { FormPage } from '../../ui/FormPage.tsx'
import { useForm } from '../../ui/use-form.ts'

const initial = { name: '', source: 'upload', bucket: '', prefix: '', purpose: '', classification: 'internal' }
const classifications = ['public', 'internal', 'confidential', 'restricted'].map((value) => ({ value, label: value }))
const sources = [
  {
    value: 'upload',
    label: 'Upload files',
    description: 'From this browser straight into the owner’s bucket; nothing passes through UAIS',
  },
  { value: 's3', label: 'Already in S3', description: 'Stays where it is; the project gets read access to the prefix' },
]

function shape({ name, source, bucket, prefix, purpose, classification }: typeof initial): object {
  const described = { purpose, classification }
  return { name, spec: source === 's3' ? { source, bucket, prefix, ...described } : { source, ...described } }
}

export function DataSourceCreatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const router = useRouter()
  const form = useForm({
    initial,
    shape,
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
  return (
    <FormPage
      title="Add data"
      description="Data stays in the owner’s account. The project’s roles get read access to exactly this, through a Terraform run."
      submitLabel="Add data"
      cancelTo={paths.project(id)}
      busy={form.busy}
      onSubmit={form.submit}
    >
      <TextField
        label="Name"
        description="Lower-case letters, digits and hyphens."
        value={values.name}
        error={error('name')}
        onChange={(v) => set('name', v)}
      />
      <ChoiceField
        label="Where the data is"
        value={values.source}
        error={error('spec.source')}
        options={sources}
        onChange={(v) => set('source', v)}
      />
      {values.source === 's3' && (
        <>
          <TextField
            label="Bucket"
            value={values.bucket}
            error={error('spec.bucket')}
            onChange={(v) => set('bucket', v)}
          />
          <TextField
            label="Prefix"
            description="Ends with a slash"
            placeholder="claims/2026/"
            value={values.prefix}
            error={error('spec.prefix')}
            onChange={(v) => set('prefix', v)}
          />
        </>
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
    </FormPage>
  )
}
