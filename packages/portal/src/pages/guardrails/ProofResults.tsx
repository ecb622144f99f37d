import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ProofResult } from '@uais/contract'
import { Counterexample } from './Counterexample.tsx'
import { VerdictIndicator } from './ProofState.tsx'

const count = new Intl.NumberFormat('en')

/** Each promise with its verdict; what does not hold comes first and opened. */
export function ProofResults({ results }: { results: readonly ProofResult[] }) {
  const weight = (result: ProofResult) => (result.verdict === 'disproved' ? 0 : result.verdict === 'unknown' ? 1 : 2)
  const ordered = [...results].sort((one, other) => weight(one) - weight(other))
  return (
    <SpaceBetween size="m">
      {ordered.map((result) => (
        <SpaceBetween size="xxs" key={`${result.invariant} ${result.counterexample?.principal ?? ''}`}>
          <VerdictIndicator verdict={result.verdict} excepted={result.exceptionId !== null} />
          <Box>
            <b>{result.invariant}</b>
            {!result.counterexample && `: ${result.why}`}
          </Box>
          {result.counterexample && <Counterexample example={result.counterexample} />}
          <ExpandableSection variant="inline" headerText="What was considered" headingTagOverride="h3">
            <Scope result={result} />
          </ExpandableSection>
        </SpaceBetween>
      ))}
    </SpaceBetween>
  )
}

function Scope({ result: { scope, assumptions, ms, why, counterexample } }: { result: ProofResult }) {
  const { actions, principals, resources, unbounded } = scope
  return (
    <>
      {counterexample && <Box variant="p">{why}</Box>}
      <Box variant="p">
        {`${count.format(actions)} actions, ${count.format(principals)} principals, ${count.format(resources)} resources, in ${ms.toFixed(1)} ms. `}
        {unbounded.length > 0 && `Every value of ${unbounded.join(', ')}.`}
      </Box>
      {assumptions.length > 0 && (
        <>
          <Box variant="awsui-key-label">Taken for granted</Box>
          <ul>
            {assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
