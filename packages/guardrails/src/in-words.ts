import type { Counterexample, Invariant, ProofRequest } from '@uais/iam'

/** A promise as one sentence: who may not do what to what, or what must stay possible. */
export function invariantInWords(invariant: Invariant): string {
  if ('mustBeAbleTo' in invariant) {
    const { principal, action, resource } = invariant.mustBeAbleTo
    return `${lastOf(principal)} can ${action} on ${resource}.`
  }
  const { nobodyBut, may, accessLevels, on, when } = invariant
  const who = nobodyBut.length === 0 ? 'Nobody' : `Nobody but ${listed(nobodyBut.map(lastOf))}`
  const levels = accessLevels ? ` (${listed(accessLevels, 'or')})` : ''
  const tags = Object.entries(on.tags ?? {}).map(([key, value]) => `${key}=${value}`)
  const where = [
    ...(on.arns && !on.arns.includes('*') ? [`on ${shortened(on.arns)}`] : []),
    ...(tags.length > 0 ? [`on what is tagged ${listed(tags, 'and')}`] : []),
  ]
  const request = when ? [`in a request where ${conditionInWords(when)}`] : []
  return `${[who, 'may', shortened(may) + levels, ...where, ...request].join(' ')}.`
}

/** A counterexample as people read it: the chain first, the act last. */
export function counterexampleInWords({ steps, ...act }: Counterexample): string {
  const told = [...steps, act].map(requestInWords)
  if (told.length === 1) return `${told[0]}.`
  return `${told.slice(0, -1).join('; then ')}; and then ${told.at(-1)}.`
}

function requestInWords({ principal, action, resource, context }: ProofRequest): string {
  const given = Object.entries(context)
    .filter(([key]) => !/^aws:(principal|resourceaccount)/i.test(key))
    .map(([key, value]) => `${key} = ${Array.isArray(value) ? value.join(', ') || 'nothing' : value}`)
  const where = resource === '*' ? '' : ` on ${resource}`
  return `${lastOf(principal)} does ${action}${where}${given.length > 0 ? ` (${given.join('; ')})` : ''}`
}

function conditionInWords(condition: NonNullable<Extract<Invariant, { may: unknown }>['when']>): string {
  const parts = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const list = listed([values].flat().map(String), 'or')
      if (operator !== 'Null') return `${key} ${operator} ${list}`
      return list === 'true' ? `${key} is missing` : `${key} is given`
    }),
  )
  return listed(parts, 'and')
}

/** `arn:aws:iam::111122223333:role/uais/x` as `role/uais/x`. */
const lastOf = (arn: string): string => arn.split(':').slice(5).join(':') || arn

const shown = 4
const shortened = (items: readonly string[]): string =>
  items.length <= shown ? listed(items, 'or') : `${items.slice(0, shown).join(', ')} or ${items.length - shown} more`

function listed(items: readonly string[], word = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}
