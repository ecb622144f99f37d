import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import type { AccountGuardrail } from '@uais/contract'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ago } from '../../ui/time.ts'
import { filterControls, noFilter } from './filter-controls.ts'
import { Enforcement, ProofState, proofStates } from './ProofState.tsx'

const pageSize = 15

/** Controls of one account, by words, category and proof. */
export function ControlsTable({ accountId, controls }: { accountId: string; controls: readonly AccountGuardrail[] }) {
  const [filter, setFilter] = useState(noFilter)
  const [page, setPage] = useState(1)
  const matching = filterControls(controls, filter)
  const pages = Math.max(1, Math.ceil(matching.length / pageSize))
  const change = (part: Partial<typeof noFilter>) => {
    setFilter({ ...filter, ...part })
    setPage(1)
  }
  const categories = [...new Set(controls.map((control) => control.category))].sort()
  const states = [...new Set(controls.map((control) => control.proof.state))]
  return (
    <div className="resource-table">
      <Table<AccountGuardrail>
        items={matching.slice((page - 1) * pageSize, page * pageSize)}
        trackBy="id"
        wrapLines
        enableKeyboardNavigation
        header={
          <Header
            variant="h2"
            counter={`(${matching.length === controls.length ? controls.length : `${matching.length} of ${controls.length}`})`}
            description="What nobody can do, in plain words; what enforces it; whether it is proved."
          >
            Controls
          </Header>
        }
        filter={
          <SpaceBetween direction="horizontal" size="xs">
            <TextFilter
              filteringText={filter.search}
              filteringPlaceholder="Search"
              filteringAriaLabel="Search controls"
              onChange={({ detail }) => change({ search: detail.filteringText })}
            />
            <Choice
              label="Category"
              all="All categories"
              value={filter.category}
              options={categories.map((value) => ({ value, label: value }))}
              onChange={(category) => change({ category })}
            />
            <Choice
              label="Proof"
              all="All proof states"
              value={filter.state}
              options={states.map((value) => ({ value, label: proofStates[value].words }))}
              onChange={(state) => change({ state })}
            />
          </SpaceBetween>
        }
        pagination={
          pages > 1 && (
            <Pagination
              currentPageIndex={page}
              pagesCount={pages}
              ariaLabels={{
                nextPageLabel: 'Next page',
                previousPageLabel: 'Previous page',
                pageLabel: (n) => `Page ${n}`,
              }}
              onChange={({ detail }) => setPage(detail.currentPageIndex)}
            />
          )
        }
        empty={<Box padding="l">{controls.length ? 'No control matches.' : 'The profile has no controls.'}</Box>}
        columnDefinitions={columnsFor(accountId)}
      />
    </div>
  )
}

const columnsFor = (accountId: string) => [
  {
    id: 'id',
    header: 'Control',
    isRowHeader: true,
    minWidth: 110,
    cell: (control: AccountGuardrail) => (
      <AppLink to={paths.accountGuardrail(accountId, control.id)}>{control.id}</AppLink>
    ),
  },
  {
    id: 'words',
    header: 'What it promises',
    minWidth: 340,
    cell: (control: AccountGuardrail) => (
      <>
        <b>{control.title}.</b> {control.words}
      </>
    ),
  },
  { id: 'category', header: 'Category', minWidth: 120, cell: (control: AccountGuardrail) => control.category },
  {
    id: 'enforced',
    header: 'How',
    minWidth: 150,
    cell: (control: AccountGuardrail) => (
      <>
        <Enforcement state={control.state} />
        <Box variant="small" display="block">
          {control.enforcedBy.join(', ')}
        </Box>
      </>
    ),
  },
  {
    id: 'proof',
    header: 'Proof',
    minWidth: 150,
    cell: (control: AccountGuardrail) => (
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

interface ChoiceProps {
  label: string
  all: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  const every = { value: '', label: all }
  return (
    <Select
      ariaLabel={label}
      selectedOption={options.find((option) => option.value === value) ?? every}
      options={[every, ...options]}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  )
}
