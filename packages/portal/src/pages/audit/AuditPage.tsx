import { PageTitle } from '../../ui/PageTitle.tsx'
import { AuditTable } from './AuditTable.tsx'

export function AuditPage() {
  return (
    <>
      <PageTitle title="Audit" />
      <AuditTable route="audit.list" title="Audit" headingLevel="h1" />
    </>
  )
}
