import Box from '@cloudscape-design/components/box'
import type { TableProps } from '@cloudscape-design/components/table'
import type { AccountGuardrail } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ago } from '../../ui/time.ts'
import { Enforcement, mechanism, ProofState } from './ProofState.tsx'

/** What the list of controls says of each; the rest is on its page. */
export const controlColumns = (accountId: string): TableProps.ColumnDefinition<AccountGuardrail>[] => [
  {
    id: 'id',
    header: 'Control',
    isRowHeader: true,
    minWidth: 100,
    cell: (control) => <AppLink to={paths.accountGuardrail(accountId, control.id)}>{control.id}</AppLink>,
  },
  {
    id: 'words',
    header: 'What it promises',
    minWidth: 320,
    cell: (control) => (
      <>
        <b>{control.title}.</b> {control.words}
      </>
    ),
  },
  { id: 'category', header: 'Category', minWidth: 150, cell: (control) => control.category },
  {
    id: 'enforced',
    header: 'How',
    minWidth: 150,
    cell: (control) => (
      <>
        <Enforcement state={control.state} />
        <Box variant="small" display="block">
          {control.enforcedBy.map(mechanism).join(', ')}
        </Box>
      </>
    ),
  },
  {
    id: 'proof',
    header: 'Proof',
    minWidth: 150,
    cell: (control) => (
      <>
        <ProofState state={control.proof.state} />
        {control.proof.at && (
          <Box variant="small" display="block">
            {control.proof.basis} documents, {ago(control.proof.at)}
          </Box>
        )}
      </>
    ),
  },
]
