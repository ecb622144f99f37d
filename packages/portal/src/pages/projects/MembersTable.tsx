import type { Answer, Api } from '@uais/contract'
import { ResourceTable } from '../../ui/ResourceTable.tsx'

type Member = Answer<Api['projects.members']>['items'][number]

export function MembersTable({ projectId }: { projectId: string }) {
  return (
    <ResourceTable<Member>
      route="projects.members"
      params={{ id: projectId }}
      title="Members"
      description="Direct members of the project’s Entra groups, read just now. To change who is in, change the group."
      rowKey={(member) => member.oid}
      empty="The project’s groups have no direct members."
      columns={[
        { id: 'name', header: 'Name', isRowHeader: true, cell: (member) => member.name },
        { id: 'upn', header: 'Sign-in name', cell: (member) => member.userPrincipalName },
        { id: 'roles', header: 'Roles', cell: (member) => member.roles.join(', ') },
        { id: 'groups', header: 'Through', cell: (member) => member.groups.map((group) => group.name).join(', ') },
      ]}
    />
  )
}
