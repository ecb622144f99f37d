import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import Textarea from '@cloudscape-design/components/textarea'

interface FieldProps {
  label: string
  description?: string
  error: string
  value: string
  onChange: (value: string) => void
}

export function TextField({
  label,
  description,
  error,
  value,
  onChange,
  placeholder,
  disabled,
}: FieldProps & { placeholder?: string; disabled?: boolean }) {
  return (
    <FormField label={label} {...(description ? { description } : {})} errorText={error}>
      <Input
        value={value}
        {...(placeholder ? { placeholder } : {})}
        disabled={disabled ?? false}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}

export function LongTextField({
  label,
  description,
  error,
  value,
  onChange,
  rows = 3,
}: FieldProps & { rows?: number }) {
  return (
    <FormField label={label} {...(description ? { description } : {})} errorText={error} stretch>
      <Textarea value={value} rows={rows} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  )
}

export function ChoiceField({
  label,
  description,
  error,
  value,
  onChange,
  options,
}: FieldProps & { options: { value: string; label: string; description?: string }[] }) {
  const selected = options.find((option) => option.value === value) ?? null
  return (
    <FormField label={label} {...(description ? { description } : {})} errorText={error}>
      <Select
        selectedOption={selected}
        options={options}
        placeholder="Choose"
        triggerVariant={options.some((option) => option.description) ? 'option' : 'label'}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  )
}
