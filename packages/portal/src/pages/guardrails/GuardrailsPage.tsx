import { PageTitle } from '../../ui/PageTitle.tsx'
import { GuardrailsTable } from './GuardrailsTable.tsx'

export function GuardrailsPage() {
  return (
    <>
      <PageTitle title="Guardrails" />
      <GuardrailsTable />
    </>
  )
}
