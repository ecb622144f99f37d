import type { AccountGuardrail } from '@uais/contract'

export const noFilter = { search: '', category: '', state: '' }

/** Controls that have every word of the search somewhere in what a person reads of them; '' filters nothing. */
export function filterControls(
  controls: readonly AccountGuardrail[],
  { search, category, state }: typeof noFilter,
): AccountGuardrail[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return controls.filter((control) => {
    const text = `${control.id} ${control.title} ${control.words} ${control.enforcedBy.join(' ')}`.toLowerCase()
    return (
      wanted.every((word) => text.includes(word)) &&
      (category === '' || control.category === category) &&
      (state === '' || control.proof.state === state)
    )
  })
}
