/** The tenant that the sandbox plays; every token carries it as `tid`. */
export const tenantId = '11111111-2222-3333-4444-555555555555'

export interface Person {
  /** Entra object id: `oid` in tokens, the key of a user everywhere in UAIS. */
  id: string
  name: string
  displayName: string
  userPrincipalName: string
  jobTitle: string
  /** Heading under which the sign-in page lists the person. */
  role: string
}

export interface Group {
  id: string
  displayName: string
  description: string
  /** Object ids of direct members: people, or groups (nesting). */
  members: string[]
}

const person = (number: number, name: string, surname: string, role: string, jobTitle: string): Person => ({
  id: `0a1d0000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  name,
  displayName: `${name.charAt(0).toUpperCase()}${name.slice(1)} ${surname}`,
  userPrincipalName: `${name}@uais.example`,
  jobTitle,
  role,
})

export const people: readonly Person[] = [
  person(1, 'ada', 'Admin', 'Platform administrators', 'Platform administrator'),
  person(2, 'owen', 'Owner', 'Data owners', 'Data owner, claims'),
  person(3, 'tess', 'Trial', 'Data owners', 'Data owner, trials'),
  person(4, 'lena', 'Lead', 'Project members', 'Lead of the fraud project'),
  person(5, 'sam', 'Science', 'Project members', 'Data scientist'),
  person(6, 'priya', 'Patel', 'Project members', 'Data scientist'),
  person(7, 'vic', 'View', 'Project members', 'Business analyst'),
  person(8, 'rita', 'Review', 'Review board', 'Model risk'),
  person(9, 'ravi', 'Rao', 'Review board', 'Compliance'),
  person(10, 'ruth', 'Reed', 'Review board', 'Information security'),
  person(11, 'aldo', 'Audit', 'Auditors', 'Internal auditor'),
  person(12, 'olga', 'Over', 'Special cases', 'Member of 230 groups'),
  person(13, 'nora', 'None', 'Special cases', 'Member of no group'),
]

/** Object id of a demo person. */
export function oid(name: string): string {
  const found = people.find((each) => each.name === name)
  if (!found) throw new Error(`finding person '${name}': the directory has ${people.map((p) => p.name).join(', ')}`)
  return found.id
}

const groupOf = (number: number, displayName: string, description: string, members: string[]): Group => ({
  id: `0a2d0000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  displayName,
  description,
  members,
})

const named = [
  groupOf(1, 'uais-admins', 'Platform administrators', [oid('ada')]),
  groupOf(2, 'claims-data-owners', 'Owners of the claims account', [oid('owen')]),
  groupOf(3, 'trials-data-owners', 'Owners of the trials account', [oid('tess')]),
  groupOf(4, 'claims-fraud-leads', 'Leads of the fraud project', [oid('lena')]),
  groupOf(5, 'claims-fraud-scientists', 'Scientists of the fraud project', [oid('sam'), oid('priya')]),
  groupOf(6, 'claims-fraud-viewers', 'Viewers of the fraud project', [oid('vic')]),
  groupOf(7, 'mlrb-reviewers', 'Machine learning review board', [oid('rita'), oid('ravi'), oid('ruth')]),
  groupOf(8, 'auditors', 'Internal audit', [oid('aldo')]),
]

/** A group of groups: Entra provisions only its direct members to AWS, while Graph's transitive answers include more. */
const nested = groupOf(
  9,
  'claims-everyone',
  'Nested: all groups of the claims account',
  named.filter((group) => group.displayName.startsWith('claims-')).map((group) => group.id),
)

const departments = Array.from({ length: 230 }, (_, index) =>
  groupOf(1001 + index, `department-${String(index + 1).padStart(3, '0')}`, 'Makes the groups claim overflow', [
    oid('olga'),
  ]),
)

/** Groups as the tenant starts with them; changes live in the data directory. */
export const groups: readonly Group[] = [...named, nested, ...departments]

/** Object id of a group by its display name. */
export function groupId(displayName: string): string {
  const found = groups.find((each) => each.displayName === displayName)
  if (!found) throw new Error(`finding group '${displayName}': the directory has no such group`)
  return found.id
}
