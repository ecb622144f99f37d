import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { ExistingRisk } from '@uais/contract'
import { Counterexample } from '../guardrails/Counterexample.tsx'
import { ProofState } from '../guardrails/ProofState.tsx'

/** Who could break how much, then each control with who could break it, and how. */
export function ExistingRisks({ risks }: { risks: readonly ExistingRisk[] }) {
  const controls = [...new Set(risks.map(({ control }) => control))]
  return (
    <SpaceBetween size="m">
      <Who risks={risks} />
      <SpaceBetween size="xxs">
        {controls.map((control) => (
          <ControlRisks key={control} risks={risks.filter((each) => each.control === control)} />
        ))}
      </SpaceBetween>
    </SpaceBetween>
  )
}

const mostNamed = 20

interface Reach {
  principal: string
  promises: number
  controls: string[]
}

function Who({ risks }: { risks: readonly ExistingRisk[] }) {
  const reach = [...new Set(risks.flatMap(({ principals }) => principals))]
    .map((principal): Reach => {
      const own = risks.filter(({ principals }) => principals.includes(principal))
      return { principal, promises: own.length, controls: [...new Set(own.map(({ control }) => control))] }
    })
    .sort((one, other) => other.promises - one.promises)
  return (
    <div className="resource-table">
      <Table<Reach>
        items={reach}
        trackBy="principal"
        variant="embedded"
        wrapLines
        columnDefinitions={[
          {
            id: 'who',
            header: 'Role or user',
            isRowHeader: true,
            minWidth: 200,
            cell: ({ principal }) => nameOf(principal),
          },
          { id: 'promises', header: 'Promises that they could break', cell: ({ promises }) => promises },
          {
            id: 'controls',
            header: 'Of',
            minWidth: 320,
            cell: ({ controls }) => (controls.length > mostNamed ? `${controls.length} controls` : controls.join(', ')),
          },
        ]}
      />
    </div>
  )
}

function ControlRisks({ risks }: { risks: readonly ExistingRisk[] }) {
  const [first] = risks
  if (!first) return null
  const count = risks.length === 1 ? '1 promise' : `${risks.length} promises`
  const who = [...new Set(risks.flatMap(({ principals }) => principals))].map(nameOf)
  const by = who.length > 0 ? `, which one or another of these could break: ${who.join(', ')}.` : `. ${first.why}`
  return (
    <ExpandableSection headerText={`${first.control}: ${first.title}`} headerDescription={`${count}${by}`}>
      <SpaceBetween size="l">
        {risks.map(({ invariant, verdict, why, counterexample }) => (
          <SpaceBetween size="xxs" key={invariant}>
            <ProofState state={verdict} />
            <Box>
              <b>{invariant}</b>: {why}
            </Box>
            {counterexample && <Counterexample example={counterexample} />}
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </ExpandableSection>
  )
}

/** `arn:aws:iam::111122223333:role/x` as `role/x`. */
const nameOf = (arn: string) => arn.split(':').slice(5).join(':') || arn
