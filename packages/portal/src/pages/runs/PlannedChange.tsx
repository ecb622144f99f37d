import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Table from '@cloudscape-design/components/table'
import type { Plan } from '@uais/contract'

/** One resource of a plan, with its attributes before and after when opened. */
export function PlannedChange({ change }: { change: Plan['changes'][number] }) {
  return (
    <ExpandableSection headerText={`${change.actions.join(' and ')} ${change.address}`}>
      <div className="resource-table">
        <Table
          variant="embedded"
          wrapLines
          items={change.attributes}
          trackBy="name"
          columnDefinitions={[
            { id: 'name', header: 'Attribute', isRowHeader: true, cell: (attribute) => attribute.name },
            {
              id: 'before',
              header: 'Now',
              cell: (attribute) =>
                attribute.before === null ? '–' : <span className="diff-before">{attribute.before}</span>,
            },
            { id: 'after', header: 'Planned', cell: (attribute) => attribute.after ?? '–' },
          ]}
          empty="No attribute changes."
        />
      </div>
    </ExpandableSection>
  )
}
