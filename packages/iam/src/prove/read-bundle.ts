import type { ProofBundle } from './bundle.ts'
import { BundleError } from './bundle-error.ts'
import { asArray, asObject, asString, checkFields, optional } from './read-values.ts'

const fields = [
  'account',
  'partition',
  'region',
  'organizationId',
  'managementAccount',
  'serviceControlPolicies',
  'resourceControlPolicies',
  'endpointPolicies',
  'principals',
  'resources',
  'assume',
  'invariants',
]

/** Accounts that are not the customer's: AWS's own, and none (S3 and others whose ARNs name no account). */
const sharedAccounts = ['', 'aws']

/**
 * Checks the shape of a proof bundle. Policy documents are checked when they are compiled.
 *
 * @throws {BundleError} naming the first fault and where it stands
 */
export function readBundle(input: unknown): ProofBundle {
  const bundle = asObject(input, '')
  checkFields(bundle, fields, '')
  const account = matching(bundle.account, /^\d{12}$/, 'account', 'twelve digits')
  matching(bundle.partition, /^aws[a-z-]*$/, 'partition', 'a partition such as aws or aws-cn')
  matching(bundle.region, /^[a-z]{2}(-[a-z]+)+-\d$/, 'region', 'a region such as eu-west-1')
  optional(bundle.organizationId, (value) => matching(value, /^o-[a-z0-9]+$/, 'organizationId', 'an id such as o-a1b2'))
  optional(bundle.managementAccount, (value) => matching(value, /^\d{12}$/, 'managementAccount', 'twelve digits'))
  for (const field of ['serviceControlPolicies', 'resourceControlPolicies']) {
    optional(bundle[field], (value) => checkLevels(value, field))
  }
  optional(bundle.endpointPolicies, (value) => checkDocuments(value, 'endpointPolicies'))
  each(bundle.principals, 'principals', (value, path) => checkPrincipal(value, path, account))
  each(bundle.resources, 'resources', (value, path) => checkResource(value, path, account))
  optional(bundle.assume, checkAssume)
  each(bundle.invariants, 'invariants', (value, path) => checkInvariant(value, path, account))
  unique(bundle.principals as { arn: string }[], 'principals', 'arn')
  unique(bundle.resources as { arn: string }[], 'resources', 'arn')
  unique(bundle.invariants as { id: string }[], 'invariants', 'id')
  return bundle as unknown as ProofBundle
}

function each(value: unknown, path: string, check: (one: unknown, path: string) => void): void {
  for (const [index, one] of asArray(value, path).entries()) check(one, `${path}[${index}]`)
}

function unique<Field extends string>(list: readonly Record<Field, string>[], path: string, field: Field): void {
  const seen = new Set<string>()
  for (const [index, one] of list.entries()) {
    if (seen.has(one[field])) throw new BundleError(`${path}[${index}].${field}`, `'${one[field]}' is there twice`)
    seen.add(one[field])
  }
}

function matching(value: unknown, form: RegExp, path: string, words: string): string {
  const text = asString(value, path)
  if (form.test(text)) return text
  throw new BundleError(path, `should be ${words}, not '${text}'`)
}

function checkLevels(value: unknown, path: string): void {
  each(value, path, (one, at) => {
    const level = asObject(one, at)
    checkFields(level, ['level', 'policies'], at)
    asString(level.level, `${at}.level`)
    checkDocuments(level.policies, `${at}.policies`)
  })
}

function checkDocuments(value: unknown, path: string): void {
  each(value, path, checkDocument)
}

function checkDocument(value: unknown, path: string): void {
  const document = asObject(value, path)
  checkFields(document, ['name', 'arn', 'policy'], path)
  asString(document.name, `${path}.name`)
  optional(document.arn, (arn) => asString(arn, `${path}.arn`))
  asObject(document.policy, `${path}.policy`)
}

function checkPrincipal(value: unknown, path: string, account: string): void {
  const principal = asObject(value, path)
  checkFields(principal, ['arn', 'tags', 'identityPolicies', 'permissionsBoundary', 'trustPolicy'], path)
  const arn = matching(
    principal.arn,
    /^arn:[a-z0-9-]+:iam::\d{12}:(root|(role|user)\/.+)$/,
    `${path}.arn`,
    'the ARN of a role, a user or the root user',
  )
  inAccount(arn, account, `${path}.arn`)
  optional(principal.tags, (tags) => checkTags(tags, `${path}.tags`))
  checkDocuments(principal.identityPolicies, `${path}.identityPolicies`)
  optional(principal.permissionsBoundary, (boundary) => checkDocument(boundary, `${path}.permissionsBoundary`))
  optional(principal.trustPolicy, (policy) => asObject(policy, `${path}.trustPolicy`))
}

function checkResource(value: unknown, path: string, account: string): void {
  const resource = asObject(value, path)
  checkFields(resource, ['arn', 'type', 'tags', 'resourcePolicy', 'role'], path)
  const arn = matching(resource.arn, /^arn(:[^:]*){4}:.+$/, `${path}.arn`, 'an ARN')
  inAccount(arn, account, `${path}.arn`)
  optional(resource.type, (type) => asString(type, `${path}.type`))
  optional(resource.tags, (tags) => checkTags(tags, `${path}.tags`))
  optional(resource.resourcePolicy, (policy) => asObject(policy, `${path}.resourcePolicy`))
  optional(resource.role, (role) => inAccount(asString(role, `${path}.role`), account, `${path}.role`))
}

function inAccount(arn: string, account: string, path: string): void {
  const named = arn.split(':')[4] ?? ''
  if (named === account || sharedAccounts.includes(named)) return
  throw new BundleError(path, `'${arn}' is of account ${named}, the bundle is about ${account}`)
}

function checkTags(value: unknown, path: string): void {
  for (const [key, tag] of Object.entries(asObject(value, path))) asString(tag, `${path}.${key}`)
}

function checkAssume(value: unknown): void {
  for (const [key, one] of Object.entries(asObject(value, 'assume'))) {
    const path = `assume.${key}`
    if (!/^[^:]+:.+$/.test(key)) throw new BundleError(path, 'is no condition key such as aws:SourceIdentity')
    const assumption = asObject(one, path)
    checkFields(assumption, ['pattern', 'values', 'absent'], path)
    optional(assumption.pattern, (pattern) => asString(pattern, `${path}.pattern`))
    optional(assumption.values, (values) => each(values, `${path}.values`, asString))
    if (assumption.absent !== undefined && typeof assumption.absent !== 'boolean') {
      throw new BundleError(`${path}.absent`, 'should be true or false')
    }
  }
}

function checkInvariant(value: unknown, path: string, account: string): void {
  const invariant = asObject(value, path)
  asString(invariant.id, `${path}.id`)
  if (invariant.mustBeAbleTo !== undefined) {
    checkFields(invariant, ['id', 'mustBeAbleTo'], path)
    checkAbility(invariant.mustBeAbleTo, `${path}.mustBeAbleTo`, account)
    return
  }
  checkFields(invariant, ['id', 'nobodyBut', 'may', 'accessLevels', 'on', 'when'], path)
  each(invariant.nobodyBut, `${path}.nobodyBut`, asString)
  each(invariant.may, `${path}.may`, (one, at) => {
    matching(one, /^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/, at, 'an action or a pattern such as sagemaker:Create*')
  })
  if (asArray(invariant.may, `${path}.may`).length === 0) throw new BundleError(`${path}.may`, 'names no action')
  optional(invariant.accessLevels, (levels) => each(levels, `${path}.accessLevels`, checkAccessLevel))
  const on = asObject(invariant.on, `${path}.on`)
  checkFields(on, ['arns', 'tags'], `${path}.on`)
  optional(on.arns, (arns) => each(arns, `${path}.on.arns`, asString))
  optional(on.tags, (tags) => checkTags(tags, `${path}.on.tags`))
  if (on.arns === undefined && on.tags === undefined) throw new BundleError(`${path}.on`, 'needs arns, tags or both')
  optional(invariant.when, (when) => asObject(when, `${path}.when`))
}

const accessLevels = ['List', 'Read', 'Write', 'Tagging', 'Permissions management']

function checkAccessLevel(value: unknown, path: string): void {
  const level = asString(value, path)
  if (!accessLevels.includes(level)) throw new BundleError(path, `'${level}' is none of ${accessLevels.join(', ')}`)
}

function checkAbility(value: unknown, path: string, account: string): void {
  const ability = asObject(value, path)
  checkFields(ability, ['principal', 'action', 'resource', 'context'], path)
  inAccount(asString(ability.principal, `${path}.principal`), account, `${path}.principal`)
  matching(ability.action, /^[A-Za-z0-9-]+:[A-Za-z0-9-]+$/, `${path}.action`, 'an action such as sagemaker:CreateApp')
  matching(ability.resource, /^(\*|arn(:[^:]*){4}:.+)$/, `${path}.resource`, 'an ARN or *')
  optional(ability.context, (context) => {
    for (const [key, one] of Object.entries(asObject(context, `${path}.context`))) {
      const at = `${path}.context.${key}`
      if (Array.isArray(one)) each(one, at, asString)
      else if (!['string', 'number', 'boolean'].includes(typeof one)) {
        throw new BundleError(at, 'should be a string, number, boolean or list of strings')
      }
    }
  })
}
