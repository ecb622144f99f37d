import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { AccountGuardrail, Verdict } from '@uais/contract'

export type ProofStateName = AccountGuardrail['proof']['state']

export const proofStates: Record<ProofStateName, { type: StatusIndicatorProps.Type; words: string }> = {
  proved: { type: 'success', words: 'Proved' },
  excepted: { type: 'info', words: 'Excepted' },
  disproved: { type: 'error', words: 'Disproved' },
  unknown: { type: 'warning', words: 'Cannot be decided' },
  'not-yet-proved': { type: 'pending', words: 'Not yet proved' },
  'no-promise': { type: 'stopped', words: 'Only detects' },
}

/** Whether a control's promises were shown to hold. */
export function ProofState({ state }: { state: ProofStateName }) {
  const { type, words } = proofStates[state]
  return (
    <StatusIndicator type={type} wrapText={false}>
      {words}
    </StatusIndicator>
  )
}

const enforcements: Record<AccountGuardrail['state'], { type: StatusIndicatorProps.Type; words: string }> = {
  enforced: { type: 'success', words: 'Enforced' },
  'detect-and-repair': { type: 'warning', words: 'Detect and repair' },
  'not-yet-applied': { type: 'pending', words: 'Not yet applied' },
}

/** Whether AWS itself refuses what the control forbids, or UAIS finds it afterwards. */
export function Enforcement({ state }: { state: AccountGuardrail['state'] }) {
  const { type, words } = enforcements[state]
  return (
    <StatusIndicator type={type} wrapText={false}>
      {words}
    </StatusIndicator>
  )
}

export function VerdictIndicator({ verdict, excepted }: { verdict: Verdict; excepted: boolean }) {
  return <ProofState state={verdict !== 'proved' && excepted ? 'excepted' : verdict} />
}

/** As AWS writes its abbreviations. */
export const mechanism = (name: string): string => (/^[sr]cp$/.test(name) ? name.toUpperCase() : name)
