interface Issue {
  message: string
  path: PropertyKey[]
}

/** What a schema says when nobody wrote words for it: right for a programmer, not for a person at a form. */
const isTechnical = (message: string) => /^(Invalid|Too small|Too big|Expected)\b/.test(message)

/** Words for one field's error: what to do, as a sentence. `body` is what was checked. */
export function fieldWords(issue: Issue, body: unknown): string {
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], body)
  if (!isTechnical(issue.message)) return sentence(issue.message)
  if (value === undefined || value === '' || value === null) return 'This is needed.'
  return `This does not fit. ${issue.message}`
}

/** Begins with a capital and ends with a full stop. */
export function sentence(text: string): string {
  const trimmed = titled(text.trim())
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}

/** Begins with a capital. */
export const titled = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
