import type { Group, Person } from '../directory.ts'
import type { DirectoryStore } from '../directory-store.ts'

/** A group as Graph's `group` resource, with the properties that this tenant knows. */
export function groupEntity(group: Group) {
  return {
    id: group.id,
    displayName: group.displayName,
    description: group.description,
    mailEnabled: false,
    mailNickname: group.displayName,
    securityEnabled: true,
    groupTypes: [] as string[],
  }
}

/** A person as Graph's `user` resource. */
export function userEntity(person: Person, directory: DirectoryStore) {
  const [givenName = '', surname = ''] = person.displayName.split(' ')
  return {
    id: person.id,
    displayName: person.displayName,
    givenName,
    surname,
    mail: person.userPrincipalName,
    userPrincipalName: person.userPrincipalName,
    jobTitle: person.jobTitle,
    accountEnabled: directory.enabled(person.id),
  }
}

/** Members are directory objects of several types, told apart by `@odata.type`. */
export function memberEntity(id: string, directory: DirectoryStore) {
  const person = directory.person(id)
  if (person) return { '@odata.type': '#microsoft.graph.user', ...userEntity(person, directory) }
  const group = directory.group(id)
  return group ? { '@odata.type': '#microsoft.graph.group', ...groupEntity(group) } : undefined
}
