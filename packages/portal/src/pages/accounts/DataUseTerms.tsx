import Alert from '@cloudscape-design/components/alert'
import { useRead } from '../../api/queries.ts'

/** The data owner's terms, shown to whoever is about to add data or a workspace; nothing where there are none. */
export function DataUseTerms({ projectId }: { projectId: string }) {
  const project = useRead('projects.read', { params: { id: projectId } })
  const accountId = project.data?.spec.accountId
  const account = useRead('accounts.read', { params: { id: accountId ?? '' } }, false, accountId !== undefined)
  const terms = account.data?.spec.dataUseTerms
  if (!terms) return null
  return (
    <Alert type="info" header={`The data owner’s terms in ${account.data?.name}`}>
      {terms}
    </Alert>
  )
}
