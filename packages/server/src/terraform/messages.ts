/** One line of `-json` output (Terraform documentation, "Machine-Readable UI"). */
export interface TerraformMessage {
  '@level': string
  '@message': string
  type?: string
  hook?: { resource?: { addr?: string }; elapsed_seconds?: number }
  change?: { resource?: { addr?: string } }
  diagnostic?: Diagnostic
  outputs?: PrintedOutputs
}

/** Outputs by name, as `output -json` prints them too; the value of a sensitive one may be left out. */
export type PrintedOutputs = Readonly<Record<string, { sensitive: boolean; value?: unknown }>>

interface Diagnostic {
  severity: 'error' | 'warning'
  summary: string
  detail?: string
  address?: string
}

/** What a person sees of a line. */
export interface ProgressLine {
  level: 'info' | 'warn' | 'error'
  message: string
  address: string | null
}

/**
 * Lines that say nothing to a person who follows a run. `resource_drift` in a plan names values that the provider
 * fills in after a create as well as real changes; the drift check tells them apart.
 */
const silent = new Set(['version', 'outputs', 'resource_drift'])
const repeated = new Set(['planned_change', 'change_summary'])
const chatter =
  /^(Terraform has created a lock file|Incomplete lock file information|Successfully configured the backend|use this backend)/
/** A destroy that keeps data is limited on purpose; the run says so in its own words. */
const expected = new Set(['Resource targeting is in effect', 'Applied changes may be incomplete'])
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are control characters
const colours = /\u001b\[[0-9;]*m/g

export function parseMessage(line: string): TerraformMessage {
  try {
    const value = JSON.parse(line) as TerraformMessage
    if (value && typeof value === 'object' && typeof value['@message'] === 'string') return value
  } catch {
    // not every line is JSON: a panic, or a provider that prints
  }
  return { '@level': 'info', '@message': line }
}

/** @param step an apply begins by repeating its plan, which was shown already */
export function progressOf(message: TerraformMessage, step: string): ProgressLine | undefined {
  if (message.type && (silent.has(message.type) || (step === 'apply' && repeated.has(message.type)))) return undefined
  const diagnostic = message.diagnostic
  if (diagnostic && expected.has(diagnostic.summary)) return undefined
  if (diagnostic)
    return {
      level: diagnostic.severity === 'error' ? 'error' : 'warn',
      message: diagnosticText(diagnostic),
      address: diagnostic.address ?? null,
    }
  const address = message.hook?.resource?.addr ?? message.change?.resource?.addr ?? null
  const text = message['@message'].replace(colours, '').trim()
  if (text === '' || chatter.test(text)) return undefined
  const level = message['@level']
  return { level: level === 'error' || level === 'warn' ? level : 'info', message: text, address }
}

const diagnosticText = ({ summary, detail }: Diagnostic) => (detail ? `${summary}: ${detail}` : summary)

/** The errors of a command's output, as Terraform words them; its bare stderr when there are none. */
export function errorsOf(stdout: string, stderr: string): string {
  const errors = stdout
    .split('\n')
    .filter((line) => line.includes('"diagnostic"'))
    .map((line) => parseMessage(line).diagnostic)
    .filter((diagnostic): diagnostic is Diagnostic => diagnostic?.severity === 'error')
    .map((diagnostic) => (diagnostic.address ? `${diagnostic.address}: ` : '') + diagnosticText(diagnostic))
  return [...new Set(errors)].join('\n') || stderr.trim() || 'terraform ended without an explanation'
}
