import type { PolicyDescriptorType, Tag } from '@aws-sdk/client-sts'
import { type PolicyDocument, PolicyError, parsePolicy } from '@uais/iam'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import type { RoleSession } from '../../kernel/principal.ts'
import { awsManagedPolicy } from '../iam/aws-managed.ts'
import { defaultDocument, policies, type RoleRow, roles } from '../iam/state.ts'

/** Parts of AssumeRole and its kin that are read and limited alike. */

const invalidParameter = (message: string) => new AwsError('InvalidParameterValue', message, 400)
const validationError = (message: string) => new AwsError('ValidationError', message, 400)

/** The role that an ARN names, in whatever account; undefined when there is none. */
export function findRole(call: Call, arn: string): RoleRow | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.+\/)?([\w+=,.@-]+)$/.exec(arn)
  if (!match) throw validationError(`${arn} is invalid`)
  const [, account, name] = match as unknown as [string, string, string]
  const role = roles(call, account).get(name)
  return role?.arn === arn ? role : undefined
}

const chainedLimit = 3600

/** IAM User Guide, "Methods to assume a role": the role's maximum, and one hour when roles are chained. */
export function sessionSeconds(requested: number | undefined, role: RoleRow, chained: boolean): number {
  const seconds = requested ?? 3600
  if (chained && seconds > chainedLimit) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
  if (seconds > role.maxSessionDuration) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  return seconds
}

/** Inline and managed session policies, parsed. */
export function sessionPolicies(
  call: Call,
  role: RoleRow,
  inline: string | undefined,
  managed: readonly PolicyDescriptorType[] | undefined,
): PolicyDocument[] {
  const documents = inline === undefined ? [] : [parseSessionPolicy(inline)]
  for (const { arn = '' } of managed ?? []) {
    const policy = awsManagedPolicy(arn) ?? policies(call, role.account).get(arn)
    if (!policy) throw new AwsError('PolicyNotFound', `Policy ${arn} does not exist.`, 400)
    documents.push(parseSessionPolicy(defaultDocument(policy)))
  }
  return documents
}

function parseSessionPolicy(text: string): PolicyDocument {
  try {
    return parsePolicy(text, 'session')
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw new AwsError('MalformedPolicyDocument', error.message, 400)
  }
}

export function sessionTags(tags: readonly Tag[] | undefined): Record<string, string> {
  const out: Record<string, string> = {}
  const seen = new Set<string>()
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (seen.has(Key.toLowerCase())) {
      throw invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
    }
    if (/^aws:/i.test(Key)) {
      throw invalidParameter("The provided tag key is invalid: system tags that start with 'aws:' cannot be set")
    }
    seen.add(Key.toLowerCase())
    out[Key] = Value
  }
  return out
}

/** Tags that a chained session inherits: those its caller's session declared transitive. */
export function inheritedTags(caller: RoleSession | undefined, own: Record<string, string>): Record<string, string> {
  const inherited: Record<string, string> = {}
  for (const key of caller?.transitiveTagKeys ?? []) {
    if (Object.keys(own).some((name) => name.toLowerCase() === key.toLowerCase())) {
      throw invalidParameter(
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      )
    }
    inherited[key] = caller?.sessionTags[key] ?? ''
  }
  return inherited
}

/** Bytes that fill STS's packed binary format, by our own measure: AWS does not publish its compression. */
const packedLimit = 4096

/** Percentage of the allowed space that policies and tags take; undefined when there are neither. */
export function packedSize(documents: readonly PolicyDocument[], tags: Record<string, string>): number | undefined {
  if (documents.length === 0 && Object.keys(tags).length === 0) return undefined
  const bytes = Buffer.byteLength(JSON.stringify([documents, Object.entries(tags)]))
  const percent = Math.ceil((bytes * 100) / packedLimit)
  if (percent <= 100) return percent
  throw new AwsError(
    'PackedPolicyTooLarge',
    `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    400,
  )
}
