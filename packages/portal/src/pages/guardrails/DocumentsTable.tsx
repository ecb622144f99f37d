import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import Table from '@cloudscape-design/components/table'
import type { GuardrailDocument } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'

type Sized = Omit<GuardrailDocument, 'text' | 'controls'>

const count = new Intl.NumberFormat('en')

/** Policy documents against what AWS allows: a full one cannot take another statement. */
export function DocumentsTable({ accountId, documents }: { accountId: string; documents: readonly Sized[] }) {
  const fullest = [...documents].sort((one, other) => share(other) - share(one))
  return (
    <div className="resource-table">
      <Table<Sized>
        items={fullest}
        trackBy="name"
        wrapLines
        header={
          <Header
            variant="h2"
            counter={`(${documents.length})`}
            description="As AWS counts their characters, the fullest first."
          >
            Documents
          </Header>
        }
        empty="No document yet: nothing is compiled for this account."
        columnDefinitions={[
          {
            id: 'name',
            header: 'Document',
            isRowHeader: true,
            minWidth: 260,
            cell: (document) => <AppLink to={paths.accountWhatIf(accountId, document.name)}>{document.name}</AppLink>,
          },
          { id: 'kind', header: 'What it is', minWidth: 160, cell: (document) => document.kind },
          {
            id: 'size',
            header: 'Size',
            minWidth: 240,
            cell: (document) =>
              document.limit === null ? (
                `${count.format(document.characters)} characters; AWS names no limit`
              ) : (
                <ProgressBar
                  ariaLabel={`Size of ${document.name}`}
                  value={share(document) * 100}
                  additionalInfo={`${count.format(document.characters)} of ${count.format(document.limit)} characters`}
                />
              ),
          },
        ]}
      />
    </div>
  )
}

const share = ({ characters, limit }: Sized) => (limit === null ? 0 : characters / limit)
