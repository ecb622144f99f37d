import ExpandableSection from '@cloudscape-design/components/expandable-section'
import type { Answer, Api } from '@uais/contract'
import { Lines } from '../../ui/Lines.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'
import { mechanism } from './ProofState.tsx'

type Guardrail = Answer<Api['guardrails.list']>['items'][number]

/** The catalogue. How each control holds in an account is on that account's guardrail page. */
export function GuardrailsTable() {
  return (
    <ResourceTable<Guardrail>
      route="guardrails.list"
      title="Guardrails"
      description="What nobody can do, in plain words; what enforces it; and where its limits are. How each holds in an account, and whether it is proved, is on the account’s page."
      headingLevel="h1"
      rowKey={(guardrail) => guardrail.id}
      empty="The catalogue is empty."
      columns={[
        { id: 'id', header: 'Control', isRowHeader: true, cell: (guardrail) => guardrail.id },
        {
          id: 'words',
          header: 'What it promises',
          minWidth: 360,
          cell: (guardrail) => (
            <>
              <b>{guardrail.title}.</b> {guardrail.words}
              <ExpandableSection variant="inline" headerText="Limits and sources" headingTagOverride="h3">
                <Lines lines={[...guardrail.limits, ...guardrail.sources]} />
              </ExpandableSection>
            </>
          ),
        },
        { id: 'category', header: 'Category', cell: (guardrail) => guardrail.category },
        { id: 'by', header: 'Enforced by', cell: (guardrail) => guardrail.enforcedBy.map(mechanism).join(', ') },
      ]}
    />
  )
}
