/** One line of `-json` output (Terraform documentation, "Machine-Readable UI"). */
export interface TerraformMessage {
  '@level': string
  '@message': string
  type?: string
  hook?: { resource?: { addr?: string }; elapsed_seconds?: number }
  change?: { resource?: { addr?: string } }
  diagnostic?: Diagnostic
}

export interface Diagnostic {
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

/** Lines that say nothing to a person who follows a run. */
const silent = new Set(['version', 'outputs', 'change_summary_raw'])

export function parseMessage(line: string): TerraformMessage {
  try {
    const value = JSON.parse(line) as TerraformMessage
    if (value && typeof value === 'object' && typeof value['@message'] === 'string') return value
  } catch {
    // not every line is JSON: a panic, or a provider that prints
  }
  return { '@level': 'info', '@message': line }
}

export function progressOf(message: TerraformMessage): ProgressLine | undefined {
  if (message.type && silent.has(message.type)) return undefined
  const diagnostic = message.diagnostic
  if (diagnostic)
    return {
      level: diagnostic.severity === 'error' ? 'error' : 'warn',
      message: diagnosticText(diagnostic),
      address: diagnostic.address ?? null,
    }
  const address = message.hook?.resource?.addr ?? message.change?.resource?.addr ?? null
  return {
    level: message['@level'] === 'error' ? 'error' : message['@level'] === 'warn' ? 'warn' : 'info',
    message: message['@message'],
    address,
  }
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
