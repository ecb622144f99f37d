import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { parameterAccess } from './access.ts'
import { parameterExists, patternMismatch, typeMismatch, validation } from './errors.ts'
import { callerArn } from './parameter-facts.ts'
import { demandParameterName } from './parameter-name.ts'
import { sealParameter } from './secure-value.ts'
import {
  latest,
  maxVersions,
  type ParameterRow,
  parameterArn,
  parameters,
  putParameterRow,
  type VersionRow,
} from './state.ts'

export const putParameter = operation<PutParameterRequest, PutParameterResult>({
  name: 'PutParameter',
  sensitive: ['Value'],
  access: (input, call) => {
    const tags = tagMap(input.Tags)
    const check = {
      ...parameterAccess(call, 'ssm:PutParameter', input.Name, { 'ssm:Overwrite': String(input.Overwrite ?? false) }),
      requestTags: tags,
    }
    const tagging = Object.keys(tags).length > 0 ? [{ ...check, action: 'ssm:AddTagsToResource' }] : []
    return [check, ...tagging]
  },
  handle: async (input, call) => {
    const name = input.Name ?? ''
    demandParameterName(name)
    const present = parameters(call).get(name)
    demandWritable(input, present)
    const parameter = present ?? newParameter(input, call)
    const facts = versionFacts(input, present && latest(present), call)
    const text = input.Value ?? ''
    checkValue(text, facts)
    const value =
      parameter.type === 'SecureString'
        ? await sealParameter(call, parameter, facts.tier, input.KeyId ?? (present && latest(present).keyId), text)
        : { value: text }
    const again = parameters(call).get(name) ?? parameter
    const version = (again.versions.at(-1)?.version ?? 0) + 1
    const versions = [...again.versions, { ...facts, ...value, version }].slice(-maxVersions)
    putParameterRow(call, { ...again, versions })
    return { Version: version, Tier: facts.tier }
  },
})

function demandWritable(input: PutParameterRequest, present: ParameterRow | undefined): void {
  if (input.Overwrite && input.Tags?.length)
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    )
  if (present && !input.Overwrite) throw parameterExists()
  if (present && input.Type !== undefined && input.Type !== present.type) throw typeMismatch()
  if (!present && input.Type === undefined)
    throw validation('A parameter type is required when you create a parameter.')
  if (input.KeyId && (input.Type ?? present?.type) !== 'SecureString')
    throw validation('KeyId is required for SecureString type parameters only.')
  if (input.Policies && input.Policies !== '[]')
    throw new AwsError('InvalidPolicyTypeException', 'Parameter policies are not supported by this sandbox.')
}

function newParameter(input: PutParameterRequest, call: Call): ParameterRow {
  const name = input.Name ?? ''
  return {
    name,
    arn: parameterArn(call, name),
    account: call.account,
    region: call.region,
    type: input.Type as ParameterRow['type'],
    tags: tagMap(input.Tags),
    versions: [],
  }
}

/** What a new version says of itself; members not given stay as the version before had them. */
function versionFacts(input: PutParameterRequest, before: VersionRow | undefined, call: Call) {
  const description = input.Description ?? before?.description
  // Clients send an empty pattern for none.
  const allowedPattern = (input.AllowedPattern ?? before?.allowedPattern) || undefined
  const advanced =
    input.Tier === 'Advanced' ||
    before?.tier === 'Advanced' ||
    (input.Tier === 'Intelligent-Tiering' && Buffer.byteLength(input.Value ?? '') > 4096)
  return {
    tier: advanced ? ('Advanced' as const) : ('Standard' as const),
    dataType: input.DataType ?? before?.dataType ?? 'text',
    ...(description === undefined ? {} : { description }),
    ...(allowedPattern === undefined ? {} : { allowedPattern }),
    labels: [],
    modifiedAt: call.now.toISOString(),
    modifiedBy: callerArn(call),
  }
}

/** 4 KB in the standard tier, 8 KB in the advanced one (Systems Manager User Guide, "Parameter tiers"). */
function checkValue(text: string, { tier, allowedPattern, dataType }: ReturnType<typeof versionFacts>): void {
  const max = tier === 'Standard' ? 4096 : 8192
  if (Buffer.byteLength(text) > max)
    throw validation(
      tier === 'Standard'
        ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.'
        : 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
    )
  if (dataType !== 'text') throw validation(`The following data type is not supported: ${dataType}`)
  if (allowedPattern !== undefined && !matchesPattern(allowedPattern, text)) throw patternMismatch(allowedPattern)
}

function matchesPattern(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(text)
  } catch {
    throw new AwsError('InvalidAllowedPatternException', 'The allowed pattern is not a valid regular expression.')
  }
}
