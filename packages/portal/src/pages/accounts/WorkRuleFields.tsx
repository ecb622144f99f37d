import { ChoiceField, LongTextField, TextField } from '../../ui/Field.tsx'
import { FormSection } from '../../ui/FormPage.tsx'
import type { FormState } from '../../ui/use-form.ts'

type WorkRules = { approval: string; monthlyBudgetUsd: string; dataUseTerms: string }

/** What waits for the owner, what may be spent, and what users are told. */
export function WorkRuleFields({ form: { values, set, error } }: { form: FormState<WorkRules> }) {
  return (
    <FormSection title="Rules of the work">
      <ChoiceField
        label="Plans that wait for the owner"
        value={values.approval}
        error={error('spec.approval')}
        options={[
          { value: 'destructive-only', label: 'Plans that destroy or replace something' },
          { value: 'every-change', label: 'Every plan with a change' },
        ]}
        onChange={(v) => set('approval', v)}
      />
      <TextField
        label="Monthly budget in US dollars"
        value={values.monthlyBudgetUsd}
        error={error('spec.monthlyBudgetUsd')}
        onChange={(v) => set('monthlyBudgetUsd', v)}
      />
      <LongTextField
        label="Data-use terms"
        description="Shown to everybody who adds data or a workspace."
        value={values.dataUseTerms}
        error={error('spec.dataUseTerms')}
        onChange={(v) => set('dataUseTerms', v)}
      />
    </FormSection>
  )
}
