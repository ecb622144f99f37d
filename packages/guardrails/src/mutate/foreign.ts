/** Organization, account and role of somebody who has nothing to do with the account. */
const stranger = {
  account: '999999999999',
  organization: 'o-stranger',
  role: 'arn:aws:iam::999999999999:role/any',
}

/** A value that no list of ours holds, of the same kind: what a weakened list lets in, and what a witness asks for. */
export function foreignTo(key: string, value: string): string {
  if (/^aws:principalarn$/i.test(key)) return stranger.role
  if (/^aws:sourceip$/i.test(key)) return '203.0.113.9'
  if (/^\d{12}$/.test(value)) return stranger.account
  if (/^(o-|\$\{aws:ResourceOrgID)/.test(value)) return stranger.organization
  if (/^\d+$/.test(value)) return String(Number(value) + 1)
  if (!value.startsWith('arn:')) return /^(true|false)$/.test(value) ? String(value === 'false') : 'foreign'
  const parts = value.split(':')
  const [kind, ...path] = parts.slice(5).join(':').split('/')
  // Where any name matches, only another account is foreign.
  const account = path.join('/') === '*' ? stranger.account : parts[4]
  return [...parts.slice(0, 4), account, `${kind}/foreign`].join(':')
}

/** One text that a pattern matches. */
export const matching = (pattern: string): string => pattern.replace(/[*?]/g, 'x')
