import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import { type AccountGuardrail, exceptionCreate, longestExceptionDays } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { ChoiceField, LongTextField, TextField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useForm } from '../../ui/use-form.ts'
import { useAccountGuardrails } from '../guardrails/use-account-guardrails.ts'

const wholeAccount = 'account'
const days = [1, 7, 30, longestExceptionDays].map((value) => ({
  value: String(value),
  label: value === 1 ? '1 day' : `${value} days`,
}))

/** Asks the data owner to let one control not hold for a while, where and for whom it need not. */
export function ExceptionCreatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { read } = useAccountGuardrails(id)
  return <Loaded query={read}>{({ items }) => <ExceptionForm accountId={id} controls={items} />}</Loaded>
}

function ExceptionForm({ accountId, controls }: { accountId: string; controls: AccountGuardrail[] }) {
  const router = useRouter()
  const { control = '', project = '' } = useSearch({ strict: false }) as { control?: string; project?: string }
  const { platformRoles } = useSession()
  const administers = platformRoles.includes('admin')
  const projects = useRead('projects.list', { query: { limit: 100 } })
  const places = [
    ...(administers ? [{ value: wholeAccount, label: 'The whole account' }] : []),
    ...(projects.data?.items ?? [])
      .filter((each) => each.spec.accountId === accountId)
      .map((each) => ({ value: each.id, label: `Project ${each.name}` })),
  ]
  const form = useForm({
    initial: { control, invariant: '', principal: '', place: project, reason: '', days: '7' },
    shape: (values) => ({
      control: values.control,
      invariant: values.invariant || null,
      principal: values.principal || null,
      reason: values.reason,
      expiresAt: new Date(Date.now() + Number(values.days) * 86_400_000).toISOString(),
    }),
    schema: exceptionCreate,
    send: async (body) => {
      const place = placeOf()
      const rest = { body, idempotencyKey: crypto.randomUUID() }
      const exception =
        place === wholeAccount
          ? await client.call('exceptions.create', { params: { id: accountId }, ...rest })
          : await client.call('exceptions.create-in-project', { params: { id: place }, ...rest })
      await router.navigate({ href: paths.exception(exception.id) })
    },
  })
  const { values, set, error } = form
  // Whoever has one place is not asked which.
  const placeOf = () => values.place || (places[0]?.value ?? '')
  const chosen = controls.find((each) => each.id === values.control)
  const promises = [...new Set(chosen?.proof.results.map((result) => result.invariant) ?? [])]
  return (
    <FormPage
      title="Ask for an exception"
      description="The data owner decides. An exception covers exactly what is asked for, ends by itself, and is written in the audit."
      submitLabel="Ask the data owner"
      cancelTo={paths.accountGuardrails(accountId)}
      busy={form.busy}
      onSubmit={form.submit}
      refused={
        projects.data && places.length === 0
          ? 'Exceptions are asked for by a lead of the project that needs one, or by a platform administrator.'
          : undefined
      }
    >
      <FormSection>
        <ChoiceField
          label="Control"
          value={values.control}
          error={error('control')}
          options={controls.map((each) => ({ value: each.id, label: each.id, description: each.title }))}
          onChange={(v) => set('control', v)}
        />
        <ChoiceField
          label="Promise"
          description="The narrower, the sooner it is granted."
          value={values.invariant}
          error={error('invariant')}
          options={[
            { value: '', label: 'Every promise of the control' },
            ...promises.map((value) => ({ value, label: value })),
          ]}
          onChange={(v) => set('invariant', v)}
        />
        <ChoiceField
          label="Where"
          value={placeOf()}
          error={error('projectId')}
          options={places}
          onChange={(v) => set('place', v)}
        />
        <TextField
          label="Only for (optional)"
          description="The ARN of one role or user; empty means whoever does it."
          placeholder="arn:aws:iam::123456789012:role/…"
          value={values.principal}
          error={error('principal')}
          onChange={(v) => set('principal', v)}
        />
        <LongTextField
          label="Why"
          description="What it is needed for, and what happens instead of the control in the meantime."
          value={values.reason}
          error={error('reason')}
          onChange={(v) => set('reason', v)}
        />
        <ChoiceField
          label="For how long"
          value={values.days}
          error={error('expiresAt')}
          options={days}
          onChange={(v) => set('days', v)}
        />
      </FormSection>
    </FormPage>
  )
}
