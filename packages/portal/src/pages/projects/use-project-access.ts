import type { Answer, Api } from '@uais/contract'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'

export interface ProjectAccess {
  /** Leads the project: adds data, deploys, gives workspaces. */
  leads: boolean
  /** Leads it or works in it as a scientist. */
  works: boolean
  /** Owns the account that the project is in. */
  owns: boolean
  administers: boolean
}

/**
 * What this person may do in a project, so that nobody is offered what the server would refuse. The server decides;
 * while membership is being read nothing is offered.
 */
export function useProjectAccess(projectId: string | null, accountId: string | null): ProjectAccess {
  const { person, ownsAccounts, platformRoles } = useSession()
  const query = { search: person.userPrincipalName, limit: 1 }
  const members = useRead('projects.members', { params: { id: projectId ?? '' }, query }, false, projectId !== null)
  const found: Answer<Api['projects.members']> | undefined = members.data
  const roles = found?.items.find((member) => member.oid === person.oid)?.roles ?? []
  return {
    leads: roles.includes('lead'),
    works: roles.includes('lead') || roles.includes('scientist'),
    owns: accountId !== null && ownsAccounts.includes(accountId),
    administers: platformRoles.includes('admin'),
  }
}
