import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import type { AccountGuardrail } from '@uais/contract'
import { useState } from 'react'
import { Pages } from '../../ui/Pages.tsx'
import { controlColumns } from './control-columns.tsx'
import { filterControls, noFilter } from './filter-controls.ts'
import { proofStates } from './ProofState.tsx'

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
        pagination={<Pages current={page} count={pages} onChange={setPage} />}
        empty={<Box padding="l">{controls.length ? 'No control matches.' : 'The profile has no controls.'}</Box>}
        columnDefinitions={controlColumns(accountId)}
      />
    </div>
  )
}

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
