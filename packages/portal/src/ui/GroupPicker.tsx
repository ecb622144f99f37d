import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useDeferredValue, useState } from 'react'
import { wordsFor } from '../api/errors.ts'
import { useRead } from '../api/queries.ts'

interface GroupPickerProps {
  label: string
  description: string
  error: string
  /** Object id of the chosen group, '' for none. */
  value: string
  onChange: (groupId: string) => void
}

/** Picks an Entra group by name and keeps its object id, the only thing about a group that does not change. */
export function GroupPicker({ label, description, error, value, onChange }: GroupPickerProps) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text)
  const groups = useRead('directory.groups', { query: { limit: 20, ...(search ? { search } : {}) } })
  const options = (groups.data?.items ?? []).map((group) => ({
    value: group.displayName,
    description: group.id,
    tags: group.description ? [group.description] : [],
  }))
  return (
    <FormField
      label={label}
      description={description}
      errorText={error || (groups.error ? wordsFor(groups.error).title : '')}
      constraintText={value && `Object id ${value}`}
    >
      <Autosuggest
        value={text}
        options={options}
        filteringType="manual"
        statusType={groups.isFetching ? 'loading' : 'finished'}
        loadingText="Asking Entra ID"
        empty="No group of that name"
        placeholder="Type a part of the group’s name"
        enteredTextLabel={(entered) => `Search “${entered}”`}
        onChange={({ detail }) => {
          setText(detail.value)
          const chosen = groups.data?.items.find((group) => group.displayName === detail.value)
          onChange(chosen?.id ?? '')
        }}
      />
    </FormField>
  )
}
