import type { PolicyDocument, PolicyPrincipal, PolicyStatement } from '@uais/iam'
import type { Call } from '../kernel/operation.ts'
import { principalExists } from './iam/principal-exists.ts'

const parsed = new Map<string, PolicyDocument>()
const cacheSize = 500

/** A stored policy's document; the same text gives the same object, so that a compiled form can be kept beside it. */
export function policyDocument(text: string): PolicyDocument {
  const known = parsed.get(text)
  if (known) return known
  if (parsed.size >= cacheSize) parsed.clear()
  const document = JSON.parse(text) as PolicyDocument
  parsed.set(text, document)
  return document
}

type PolicyFault = { reason: string }

/**
 * Checks the shape of a resource policy (IAM User Guide, "Grammar of the IAM JSON policy language").
 * Returns the document, or why it is none; the caller answers with its service's own error code.
 */
export function readResourcePolicy(text: string): PolicyDocument | PolicyFault {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return { reason: 'This policy contains invalid Json' }
  }
  if (!isObject(document)) return { reason: "Policies must be valid JSON and the first byte must be '{'" }
  const unknown = Object.keys(document).find((key) => !['Version', 'Id', 'Statement'].includes(key))
  if (unknown) return { reason: `Unknown field ${unknown}` }
  if (document.Version !== undefined && !['2012-10-17', '2008-10-17'].includes(String(document.Version)))
    return { reason: 'The policy must contain a valid version string' }
  const statements = document.Statement === undefined ? [] : [document.Statement].flat()
  if (statements.length === 0) return { reason: 'Missing required field Statement' }
  for (const statement of statements) {
    const reason = statementFault(statement)
    if (reason) return { reason }
  }
  return document as unknown as PolicyDocument
}

export function isPolicyFault(result: PolicyDocument | PolicyFault): result is PolicyFault {
  return 'reason' in result
}

/** Whether every AWS principal that the policy names is there; AWS refuses a policy that names others. */
export function principalsExist(call: Call, document: PolicyDocument): boolean {
  return statementsOf(document).every((statement) =>
    awsPrincipals(statement.Principal ?? statement.NotPrincipal).every(
      (name) => /^A[A-Z0-9]{15,}$/.test(name) || principalExists(name, call),
    ),
  )
}

export function statementsOf(document: PolicyDocument): PolicyStatement[] {
  return [document.Statement].flat()
}

/** AWS principals that a statement names: ARNs, account ids or `*`. */
export function awsPrincipals(principal: PolicyPrincipal | undefined): string[] {
  if (principal === undefined) return []
  if (principal === '*') return ['*']
  return principal.AWS === undefined ? [] : [principal.AWS].flat()
}

/** Actions or resources of a statement as a list. */
export function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat()
}

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

function statementFault(statement: unknown): string | undefined {
  if (!isObject(statement)) return 'Statement must be an object or a list of objects'
  const unknown = Object.keys(statement).find((key) => !elements.includes(key))
  if (unknown) return `Unknown field ${unknown}`
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') return `Invalid effect: ${statement.Effect ?? ''}`
  for (const pair of [
    ['Principal', 'NotPrincipal'],
    ['Action', 'NotAction'],
    ['Resource', 'NotResource'],
  ] as const) {
    const present = pair.filter((name) => statement[name] !== undefined)
    if (present.length === 0) return `Missing required field ${pair[0]}`
    if (present.length === 2) return `Statement has both ${pair[0]} and ${pair[1]}`
  }
  return principalFault(statement.Principal ?? statement.NotPrincipal) ?? conditionFault(statement.Condition)
}

function principalFault(principal: unknown): string | undefined {
  if (principal === '*') return undefined
  if (!isObject(principal)) return 'Invalid principal in policy'
  for (const [type, value] of Object.entries(principal)) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(type)) return 'Invalid principal in policy'
    const names = [value].flat()
    if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== ''))
      return 'Invalid principal in policy'
    if (type === 'AWS' && !names.every((name) => isAwsPrincipal(String(name)))) return 'Invalid principal in policy'
  }
  return undefined
}

/** Account id, `*`, or an IAM or STS ARN without wildcards (IAM User Guide, "AWS JSON policy elements: Principal"). */
function isAwsPrincipal(name: string): boolean {
  return (
    name === '*' ||
    /^\d{12}$/.test(name) ||
    /^A[A-Z0-9]{15,}$/.test(name) ||
    /^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[^*?]+)$/.test(name) ||
    /^arn:aws[a-z-]*:sts::\d{12}:(assumed-role|federated-user)\/[^*?]+$/.test(name) ||
    /^arn:aws[a-z-]*:iam::cloudfront:user\/.+$/.test(name)
  )
}

function conditionFault(condition: unknown): string | undefined {
  if (condition === undefined) return undefined
  if (!isObject(condition)) return 'Condition must be an object'
  for (const [operator, keys] of Object.entries(condition)) {
    if (!operatorPattern.test(operator)) return `Invalid Condition type : ${operator}`
    if (!isObject(keys)) return 'Conditions must be in the form of operator, key and value'
  }
  return undefined
}

const operatorPattern =
  /^(ForAllValues:|ForAnyValue:)?((String(Not)?(Equals|EqualsIgnoreCase|Like)|(Numeric|Date)(NotEquals|Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?|Null)$/i

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
