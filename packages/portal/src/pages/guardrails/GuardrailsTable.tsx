import ExpandableSection from '@cloudscape-design/components/expandable-section'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Answer, Api } from '@uais/contract'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { ResourceTable } from '../../ui/ResourceTable.tsx'

type CatalogueEntry = Answer<Api['guardrails.list']>['items'][number]
type Guardrail = CatalogueEntry & Partial<Answer<Api['accounts.guardrails']>['items'][number]>

const states = {
  enforced: <StatusIndicator type="success">Enforced</StatusIndicator>,
  'detect-and-repair': <StatusIndicator type="warning">Detect and repair</StatusIndicator>,
  'not-yet-applied': <StatusIndicator type="pending">Not yet applied</StatusIndicator>,
}

/** The catalogue; with an account also how each control holds there, and its statements. */
export function GuardrailsTable({
  accountId,
  headingLevel = 'h2',
}: {
  accountId?: string
  headingLevel?: 'h1' | 'h2'
}) {
  return (
    <ResourceTable<Guardrail>
      route={accountId ? 'accounts.guardrails' : 'guardrails.list'}
      {...(accountId ? { params: { id: accountId } } : {})}
      title="Guardrails"
      description="What nobody can do, in plain words; what enforces it; and where its limits are."
      headingLevel={headingLevel}
      rowKey={(guardrail) => guardrail.id}
      empty="The profile has no guardrails."
      columns={[
        { id: 'id', header: 'Control', isRowHeader: true, cell: (guardrail) => guardrail.id },
        { id: 'category', header: 'Category', cell: (guardrail) => guardrail.category },
        {
          id: 'words',
          header: 'What it promises',
          minWidth: 320,
          cell: (guardrail) => <GuardrailWords guardrail={guardrail} />,
        },
        { id: 'by', header: 'Enforced by', cell: (guardrail) => guardrail.enforcedBy.join(', ') },
        ...(accountId
          ? [
              {
                id: 'state',
                header: 'Here',
                cell: (guardrail: Guardrail) => guardrail.state && states[guardrail.state],
              },
            ]
          : []),
      ]}
    />
  )
}

function GuardrailWords({ guardrail }: { guardrail: Guardrail }) {
  return (
    <>
      <b>{guardrail.title}.</b> {guardrail.words}
      <ExpandableSection headerText="Limits, sources and statements" headingTagOverride="h3">
        <ul>
          {[...guardrail.limits, ...guardrail.sources].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {guardrail.statements?.length ? (
          <CodeBlock label={`Statements of ${guardrail.id}`} code={JSON.stringify(guardrail.statements, null, 2)} />
        ) : null}
      </ExpandableSection>
    </>
  )
}
