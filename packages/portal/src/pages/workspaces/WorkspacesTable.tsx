import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Workspace } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { AppButton } from '../../ui/AppButton.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { Phase } from '../../ui/Phase.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { ago } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import type { ProjectAccess } from '../projects/use-project-access.ts'

export function WorkspacesTable({ projectId, access }: { projectId: string; access: ProjectAccess }) {
  const { person } = useSession()
  return (
    <ResourceTable<Workspace>
      route="workspaces.list"
      params={{ id: projectId }}
      title="Workspaces"
      description="SageMaker Studio, one for each member. The link is made when you open it, for you alone."
      refreshMs={5_000}
      rowKey={(workspace) => workspace.id}
      actions={access.works && <AppButton to={paths.workspaceCreate(projectId)}>Add workspace</AppButton>}
      empty={access.works ? 'No workspace yet: add one to work in SageMaker Studio.' : 'No workspace yet.'}
      columns={[
        { id: 'name', header: 'Workspace', isRowHeader: true, cell: (workspace) => workspace.name },
        {
          id: 'profile',
          header: 'Studio user profile',
          minWidth: 190,
          cell: (workspace) => workspace.status.outputs.userProfileName ?? '–',
        },
        { id: 'instance', header: 'Instance', minWidth: 140, cell: (workspace) => workspace.spec.instanceType },
        { id: 'phase', header: 'State', cell: (workspace) => <WorkspaceState workspace={workspace} /> },
        {
          id: 'act',
          header: 'Actions',
          minWidth: 190,
          cell: (workspace) =>
            workspace.spec.memberOid === person.oid ? (
              <OwnWorkspace workspace={workspace} />
            ) : (
              'Only its owner can open it'
            ),
        },
      ]}
    />
  )
}

/** Made without Terraform, in seconds: how long it has been, and what is in the way where something is. */
function WorkspaceState({ workspace: { status, createdAt } }: { workspace: Workspace }) {
  const unfinished = status.phase === 'Pending' || status.phase === 'Progressing'
  const problem = status.conditions.find((condition) => condition.status === 'False')
  return (
    <>
      <Phase phase={status.phase} />
      {(problem || unfinished) && (
        <Box variant="small" display="block">
          {problem?.message ?? `asked for ${ago(createdAt)}; takes some seconds`}
        </Box>
      )}
    </>
  )
}

function OwnWorkspace({ workspace }: { workspace: Workspace }) {
  const { busy, act } = useAct()
  const params = { id: workspace.id }
  const open = () =>
    act(async () => {
      const { url } = await client.call('workspaces.open', { params, body: {} })
      window.open(url, '_blank', 'noopener')
    })
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        variant="primary"
        iconName="external"
        iconAlign="right"
        loading={busy}
        disabled={workspace.status.phase !== 'Ready'}
        onClick={() => void open()}
        ariaLabel={`Open workspace ${workspace.name}`}
      >
        Open Studio
      </Button>
      <ConfirmButton
        label="Remove"
        confirmLabel="Remove the workspace"
        done="The workspace is being removed."
        consequence="Your apps and space are deleted, with the files in the space’s own storage. Files under your S3 prefix stay."
        act={() => client.call('workspaces.delete', { params })}
      />
    </SpaceBetween>
  )
}
