import { useParams, useRouter } from '@tanstack/react-router'
import { type Account, accountUpdate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useForget, useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { FormPage } from '../../ui/FormPage.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useForm } from '../../ui/use-form.ts'
import { RuleFields } from './RuleFields.tsx'
import { formOfRules, shapeRules } from './rules-form.ts'
import { useAccountAccess } from './use-account-access.ts'
import { WorkRuleFields } from './WorkRuleFields.tsx'

export function AccountEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const account = useRead('accounts.read', { params: { id } })
  return <Loaded query={account}>{(data) => <EditForm account={data} />}</Loaded>
}

/** What its owner may decide anew; which account it is, and what was built, stays. */
function EditForm({ account: { id, name, spec, generation } }: { account: Account }) {
  const router = useRouter()
  const forget = useForget()
  const { owns } = useAccountAccess(id)
  const form = useForm({
    initial: {
      approval: spec.approval as string,
      monthlyBudgetUsd: String(spec.monthlyBudgetUsd),
      dataUseTerms: spec.dataUseTerms,
      ...formOfRules(spec.rules),
    },
    shape: ({ approval, dataUseTerms, monthlyBudgetUsd, ...rules }) => ({
      generation,
      spec: { approval, dataUseTerms, monthlyBudgetUsd: Number(monthlyBudgetUsd), rules: shapeRules(rules) ?? {} },
    }),
    schema: accountUpdate,
    send: async (body) => {
      await client.call('accounts.update', { params: { id }, body })
      await forget()
      await router.navigate({ href: paths.account(id) })
    },
  })
  return (
    <FormPage
      title={`Change ${name}`}
      description="A change is planned and applied by Terraform runs. AWS Config rules, the stop at the budget and Splunk need the bootstrap applied once more, before the run."
      submitLabel="Save"
      cancelTo={paths.account(id)}
      busy={form.busy}
      refused={owns ? undefined : 'What was agreed about an account is changed by its owner.'}
      onSubmit={form.submit}
    >
      <WorkRuleFields form={form} />
      <RuleFields form={form} />
    </FormPage>
  )
}
