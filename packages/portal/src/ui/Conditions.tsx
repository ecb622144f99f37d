import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Condition } from '@uais/contract'
import { titled } from './field-words.ts'
import { ago } from './time.ts'

/** What stands in the way, each with its reason; nothing when all is well. */
export function Conditions({ conditions }: { conditions: Condition[] }) {
  const problems = conditions.filter((condition) => condition.status !== 'True')
  if (problems.length === 0) return null
  return (
    <SpaceBetween size="xs">
      {problems.map((condition) => (
        <Alert
          key={condition.type}
          type={condition.status === 'False' ? 'warning' : 'info'}
          header={inWords(condition.reason)}
        >
          {condition.message} <small>({ago(condition.at)})</small>
        </Alert>
      ))}
    </SpaceBetween>
  )
}

/** "Waiting for owner" for `WaitingForOwner`: reasons are one word for programs. */
const inWords = (reason: string) => titled(reason.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase())
