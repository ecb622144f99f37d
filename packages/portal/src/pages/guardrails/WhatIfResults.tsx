import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import type { WhatIfReport } from '@uais/contract'
import { fieldErrors } from '../../api/errors.ts'
import { ErrorAlert } from '../../ui/ErrorAlert.tsx'
import { ProofResults } from './ProofResults.tsx'
import type { WhatIfState } from './use-what-if.ts'

/** What an edit would do to the promises. */
export function WhatIfResults({ state, changed }: { state: WhatIfState; changed: boolean }) {
  const { report, error, busy, tookMs } = state
  const refused = Object.values(fieldErrors(error))
  return (
    <Container
      header={
        <Header variant="h2" description={report ? `Answered in ${(tookMs / 1000).toFixed(2)} s.` : undefined}>
          What would break
        </Header>
      }
    >
      <div aria-live="polite">
        {!changed && <Box>Change the document: the promises that it can touch are proved again while you type.</Box>}
        {busy && (
          <Box>
            <Spinner /> Proving again what the document can touch.
          </Box>
        )}
        {refused.length > 0 && (
          <Alert type="error" header="AWS would refuse this document">
            {refused.join(' ')}
          </Alert>
        )}
        {error !== null && refused.length === 0 && <ErrorAlert error={error} />}
        {report && <Report report={report} />}
      </div>
    </Container>
  )
}

function Report({ report: { results, untouched } }: { report: WhatIfReport }) {
  const broken = results.filter((result) => result.verdict === 'disproved' && result.before === 'proved')
  const mended = results.filter((result) => result.verdict === 'proved' && result.before !== 'proved')
  const undecided = results.filter((result) => result.verdict === 'unknown')
  const asBefore = results.length - broken.length - mended.length - undecided.length
  return (
    <SpaceBetween size="m">
      <Alert type={broken.length ? 'error' : undecided.length ? 'warning' : 'success'}>
        {broken.length > 0
          ? `${promises(broken.length)} ${broken.length === 1 ? 'breaks' : 'break'}: ${broken.map((each) => each.invariant).join(', ')}.`
          : undecided.length === 0 && 'No promise breaks.'}
        {undecided.length > 0 &&
          ` ${promises(undecided.length)} cannot be decided, which counts as broken: ${[...new Set(undecided.map((each) => each.why))].slice(0, 3).join(' ')}`}
        {mended.length > 0 &&
          ` ${promises(mended.length)} would hold that ${mended.length === 1 ? 'does' : 'do'} not hold now.`}
        {` ${asBefore} touched by the document hold or fail as before; ${untouched} are not touched.`}
      </Alert>
      <ProofResults results={[...broken, ...mended]} />
    </SpaceBetween>
  )
}

const promises = (count: number) => (count === 1 ? '1 promise' : `${count} promises`)
