import { ChoiceField, TextField } from '../../ui/Field.tsx'
import { FormSection } from '../../ui/FormPage.tsx'
import type { FormState } from '../../ui/use-form.ts'
import type { AccountForm } from './account-form.ts'

/** Who binds the account's own administrators, how strictly, and who keeps the owner's levers. */
export function GuardrailFields({ form: { values, set, error } }: { form: FormState<AccountForm> }) {
  return (
    <FormSection title="Guardrails">
      <ChoiceField
        label="Organization"
        description="With an AWS Organization the guardrails are service control policies that bind the account’s own administrators. Without one they can only be detected and repaired."
        value={values.organized}
        error=""
        options={[
          { value: 'yes', label: 'The account is in an organization that will attach the guardrails' },
          { value: 'no', label: 'No organization: detect and repair' },
        ]}
        onChange={(v) => set('organized', v)}
      />
      {values.organized === 'yes' && (
        <TextField
          label="Management account id"
          value={values.managementAccountId}
          error={error('spec.organization.managementAccountId')}
          onChange={(v) => set('managementAccountId', v)}
        />
      )}
      {values.organized === 'yes' && (
        <TextField
          label="Where the guardrails are attached"
          description="The account itself (leave empty) or an organizational unit."
          placeholder={values.awsAccountId || 'ou-…'}
          value={values.targetId}
          error={error('spec.organization.targetId')}
          onChange={(v) => set('targetId', v)}
        />
      )}
      <ChoiceField
        label="Guardrail profile"
        value={values.guardrailProfile}
        error={error('spec.guardrailProfile')}
        options={[
          {
            value: 'regulated',
            label: 'Regulated',
            description: 'The stricter limits: a job ends within 24 hours',
          },
          { value: 'standard', label: 'Standard', description: 'The same controls; a job ends within 72 hours' },
        ]}
        onChange={(v) => set('guardrailProfile', v)}
      />
      <TextField
        label="Break-glass principal"
        description="The role that keeps the owner’s levers: disable the key, deny the platform, end the trust. Guardrails bind every other administrator."
        placeholder="arn:aws:iam::123456789012:role/break-glass"
        value={values.breakGlassPrincipal}
        error={error('spec.breakGlassPrincipal')}
        onChange={(v) => set('breakGlassPrincipal', v)}
      />
    </FormSection>
  )
}
