import { useRouter } from '@tanstack/react-router'
import { accountCreate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { TextField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { GroupPicker } from '../../ui/GroupPicker.tsx'
import { useForm } from '../../ui/use-form.ts'
import { emptyAccount, shapeAccount } from './account-form.ts'
import { GuardrailFields } from './GuardrailFields.tsx'
import { NetworkAndKeyFields } from './NetworkAndKeyFields.tsx'
import { RuleFields } from './RuleFields.tsx'
import { WorkRuleFields } from './WorkRuleFields.tsx'

/** First step of onboarding: what is to be entered and under which rules. Nothing happens in the account yet. */
export function AccountCreatePage() {
  const router = useRouter()
  const { platformRoles } = useSession()
  const form = useForm({
    initial: emptyAccount,
    shape: shapeAccount,
    schema: accountCreate,
    send: async (body) => {
      const account = await client.call('accounts.create', { body, idempotencyKey: crypto.randomUUID() })
      await router.navigate({ href: paths.account(account.id) })
    },
  })
  const { values, set, error } = form
  return (
    <FormPage
      title="Onboard an account"
      description="Nothing happens in the AWS account until its owner has read and created the platform’s roles: that is the next page."
      submitLabel="Continue to the roles"
      cancelTo={paths.accounts}
      busy={form.busy}
      refused={
        platformRoles.includes('admin')
          ? undefined
          : 'A platform administrator begins the onboarding of an account; its owner decides on everything after that.'
      }
      onSubmit={form.submit}
    >
      <FormSection title="The account">
        <TextField
          label="Name"
          description="Lower-case letters, digits and hyphens; part of resource names."
          value={values.name}
          error={error('name')}
          onChange={(v) => set('name', v)}
        />
        <TextField
          label="AWS account id"
          value={values.awsAccountId}
          error={error('spec.awsAccountId')}
          placeholder="123456789012"
          onChange={(v) => set('awsAccountId', v)}
        />
        <TextField
          label="Region"
          value={values.region}
          error={error('spec.region')}
          onChange={(v) => set('region', v)}
        />
        <GroupPicker
          label="Data owner’s Entra group"
          description="Its members see everything about this account, approve plans, and can pause or end it."
          value={values.ownerGroup}
          error={error('spec.ownerGroup')}
          onChange={(v) => set('ownerGroup', v)}
        />
      </FormSection>
      <GuardrailFields form={form} />
      <NetworkAndKeyFields form={form} />
      <WorkRuleFields form={form} />
      <RuleFields form={form} />
    </FormPage>
  )
}
