import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { noSuchParameter, noSuchVersion } from './errors.ts'

export interface ParameterRow {
  name: string
  arn: string
  account: string
  region: string
  type: 'String' | 'StringList' | 'SecureString'
  tags: Record<string, string>
  /** Oldest first; at most 100 are kept. */
  versions: VersionRow[]
}

export interface VersionRow {
  version: number
  /** The text, or for a SecureString its KMS ciphertext, base64. */
  value: string
  /** Data key encrypted by KMS, base64, where the value is too long for KMS itself. */
  dataKey?: string
  /** Key that encrypts, as given; SecureString only. */
  keyId?: string
  tier: 'Standard' | 'Advanced'
  dataType: string
  description?: string
  allowedPattern?: string
  labels: string[]
  /** ISO 8601 */
  modifiedAt: string
  /** ARN of the principal. */
  modifiedBy: string
}

export const maxVersions = 100

interface ParameterHome {
  account: string
  region: string
}

/** Rows by name, with the leading slash that the name was given with. */
export function parameters(call: Call, home: ParameterHome = call): Table<ParameterRow> {
  return call.table('parameter', { service: 'ssm', account: home.account, region: home.region })
}

export function parameterArn(call: Call, name: string): string {
  return `arn:${call.partition}:ssm:${call.region}:${call.account}:parameter/${name.replace(/^\//, '')}`
}

/** `name`, `name:3`, `name:label`, or the same with an ARN. */
export interface Reference {
  arn: string
  name: string
  home: ParameterHome
  /** Version number or label, without its colon. */
  selector: string | undefined
}

export function parseReference(call: Call, text: string): Reference {
  const [, , , region = '', account = '', rest = ''] =
    /^arn:([^:]+):(ssm):([^:]+):(\d{12}):parameter(\/.+)$/.exec(text) ?? []
  const given = rest || text
  const colon = given.lastIndexOf(':')
  const name = colon > 0 ? given.slice(0, colon) : given
  const selector = colon > 0 ? given.slice(colon + 1) : undefined
  if (!rest) return { arn: parameterArn(call, name), name, home: call, selector }
  const home = { account, region }
  // An ARN does not tell /a from a: the one that exists is meant.
  const known = parameters(call, home).has(name) ? name : name.replace(/^\//, '')
  return {
    arn: text.slice(0, text.length - (selector === undefined ? 0 : selector.length + 1)),
    name: known,
    home,
    selector,
  }
}

export function findParameter(call: Call, { name, home }: Reference): ParameterRow | undefined {
  return parameters(call, home).get(name)
}

export function openParameter(call: Call, reference: Reference): ParameterRow {
  const parameter = findParameter(call, reference)
  if (!parameter) throw noSuchParameter(reference.name)
  return parameter
}

export function putParameterRow(call: Call, parameter: ParameterRow): void {
  parameters(call, parameter).put(parameter.name, parameter)
}

export function latest(parameter: ParameterRow): VersionRow {
  return parameter.versions.at(-1) as VersionRow
}

/** The version that the reference selects, the latest when it selects none. */
export function selectedVersion(parameter: ParameterRow, { name, selector }: Reference): VersionRow {
  if (selector === undefined) return latest(parameter)
  const version = parameter.versions.find(
    (candidate) => String(candidate.version) === selector || candidate.labels.includes(selector),
  )
  if (!version) throw noSuchVersion(name, selector)
  return version
}
