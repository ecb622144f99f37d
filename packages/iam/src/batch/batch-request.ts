import type {
  AuthorizationRequest,
  ContextValue,
  KmsGrant,
  NamedPolicies,
  PolicySet,
  RequestContext,
} from '../evaluate/request.ts'
import { policiesOf, resourcePolicyOf } from './batch-policies.ts'
import { asList, asObject, asText, type Fields, fault, isAbsent } from './fields.ts'

/** The line's JSON as a request with compiled policies. Throws `RequestError` or `PolicyError` naming the fault. */
export function readBatchRequest(line: Fields): { request: AuthorizationRequest; policies: PolicySet } {
  return { request: requestOf(asObject(line.request, 'request')), policies: policySetOf(line) }
}

function requestOf(fields: Fields): AuthorizationRequest {
  const resource = asObject(fields.resource, 'request.resource')
  const arn = asText(resource.arn, 'request.resource.arn')
  return {
    principal: asText(fields.principal, 'request.principal'),
    action: asText(fields.action, 'request.action'),
    resource: { arn, accountId: accountOf(resource.accountId, arn) },
    context: contextOf(fields.context),
  }
}

/** Many ARNs tell the owner's account; S3's do not, and then the line must. */
function accountOf(accountId: unknown, arn: string): string {
  if (accountId !== undefined && accountId !== null) return asText(accountId, 'request.resource.accountId')
  const account = arn.split(':')[4] ?? ''
  if (!/^(\d{12}|aws)$/.test(account))
    throw fault('request.resource.accountId', 'is missing and the ARN does not tell it')
  return account
}

function contextOf(given: unknown): RequestContext {
  const context: Record<string, ContextValue> = Object.create(null)
  for (const [key, value] of Object.entries(
    given === undefined || given === null ? {} : asObject(given, 'request.context'),
  )) {
    if (value === null) continue
    context[key] = Array.isArray(value) ? value.map((one) => String(asScalar(one, key))) : asScalar(value, key)
  }
  return context
}

function asScalar(value: unknown, key: string): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  throw fault(`request.context.${key}`, 'should be a string, number, boolean or a list of them')
}

/** Absent and null mean "there is none"; an empty list means "one that grants nothing". */
function policySetOf(line: Fields): PolicySet {
  return {
    identityPolicies: policiesOf(line.identityPolicies, 'identity', 'identityPolicies') ?? [],
    permissionsBoundaries: policiesOf(line.permissionsBoundaries, 'boundary', 'permissionsBoundaries'),
    sessionPolicies: policiesOf(line.sessionPolicies, 'session', 'sessionPolicies'),
    serviceControlPolicies: levelsOf(line.serviceControlPolicies, 'scp', 'serviceControlPolicies'),
    resourceControlPolicies: levelsOf(line.resourceControlPolicies, 'rcp', 'resourceControlPolicies'),
    resourcePolicy: resourcePolicyOf(line.resourcePolicy),
    endpointPolicies: policiesOf(line.endpointPolicies, 'endpoint', 'endpointPolicies'),
    kmsGrants: grantsOf(line.kmsGrants),
    managementAccount: isAbsent(line.managementAccount)
      ? undefined
      : asText(line.managementAccount, 'managementAccount'),
  }
}

function levelsOf(given: unknown, type: 'scp' | 'rcp', path: string): readonly NamedPolicies[] | undefined {
  if (isAbsent(given)) return undefined
  return asList(given, path).map((one, index) => {
    const level = asObject(one, `${path}[${index}]`)
    return {
      level: level.level === undefined ? String(index) : asText(level.level, `${path}[${index}].level`),
      policies: policiesOf(level.policies, type, `${path}[${index}].policies`) ?? [],
    }
  })
}

function grantsOf(given: unknown): readonly KmsGrant[] | undefined {
  if (isAbsent(given)) return undefined
  return asList(given, 'kmsGrants').map((one, index) => {
    const path = `kmsGrants[${index}]`
    const grant = asObject(one, path)
    asText(grant.granteePrincipal, `${path}.granteePrincipal`)
    for (const operation of asList(grant.operations, `${path}.operations`)) asText(operation, `${path}.operations`)
    const constraints = isAbsent(grant.constraints) ? {} : asObject(grant.constraints, `${path}.constraints`)
    for (const [name, pairs] of Object.entries(constraints)) {
      if (name !== 'encryptionContextSubset' && name !== 'encryptionContextEquals') {
        throw fault(`${path}.constraints.${name}`, 'is no grant constraint')
      }
      for (const value of Object.values(asObject(pairs, `${path}.constraints.${name}`)))
        asText(value, `${path}.constraints.${name}`)
    }
    return { ...(grant as unknown as KmsGrant), constraints }
  })
}
