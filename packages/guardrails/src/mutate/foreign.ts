/** A value that no list of ours holds, of the same kind: what a weakened list lets in, and what a witness asks for. */
export function foreignTo(key: string, value: string): string {
  if (/^aws:principalarn$/i.test(key)) return value.replace(/:role\/.*$/, ':role/admin')
  if (/^aws:sourceip$/i.test(key)) return '203.0.113.9'
  if (/^\d{12}$/.test(value)) return '999999999999'
  if (/^\d+$/.test(value)) return String(Number(value) + 1)
  if (!value.startsWith('arn:')) return /^(true|false)$/.test(value) ? String(value === 'false') : 'foreign'
  const parts = value.split(':')
  const [kind, ...path] = parts.slice(5).join(':').split('/')
  // Where any name matches, only another account is foreign.
  const account = path.join('/') === '*' ? '999999999999' : parts[4]
  return [...parts.slice(0, 4), account, `${kind}/foreign`].join(':')
}

/** One text that a pattern matches. */
export const matching = (pattern: string): string => pattern.replace(/[*?]/g, 'x')
