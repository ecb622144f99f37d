import { parseOperator } from '../condition/condition.ts'
import type { PolicyType } from '../evaluate/decision.ts'
import { listOf, type PolicyDocument, type PolicyStatement } from './document.ts'
import { duplicateKey } from './duplicate-key.ts'
import { checkPrincipal } from './parse-principal.ts'
import { PolicyError } from './policy-error.ts'
import { compileStatements } from './statement.ts'

type Fields = Record<string, unknown>

const documentFields = ['Version', 'Id', 'Statement']
const statementFields = [
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

/** Kinds whose statements name no principal: it is whoever the policy is attached to. */
const withoutPrincipal: readonly (PolicyType | undefined)[] = ['identity', 'boundary', 'session', 'scp']
/** Kinds that IAM stores itself; it restricts statement ids. */
const ofIam: readonly (PolicyType | undefined)[] = ['identity', 'boundary', 'session']
const withResource: readonly (PolicyType | undefined)[] = [...withoutPrincipal, 'rcp']

/**
 * Checks a policy against the grammar (IAM User Guide, "Grammar of the IAM JSON policy language") and the rules of its
 * kind, as AWS does before storing one.
 *
 * @param input parsed JSON, or its text
 * @param type kind of policy; without it Principal and Resource may be there or not
 * @throws {PolicyError} naming the first fault
 */
export function parsePolicy(input: unknown, type?: PolicyType): PolicyDocument {
  const document = checkGrammar(input, type)
  // Faults in policy variables show when patterns are compiled.
  compileStatements(document)
  return document
}

/** As `parsePolicy`, policy variables left unchecked: for who compiles the document next. */
export function checkGrammar(input: unknown, type?: PolicyType): PolicyDocument {
  const document = asObject(typeof input === 'string' ? parseJson(input) : input, '')
  checkFields(document, documentFields, '')
  if (document.Version !== undefined && document.Version !== '2012-10-17' && document.Version !== '2008-10-17') {
    throw new PolicyError('INVALID_VERSION', 'Version', `use 2012-10-17 or 2008-10-17, not ${show(document.Version)}`)
  }
  if (document.Id !== undefined) asString(document.Id, 'Id')
  const statements = statementsOf(document)
  for (const [index, statement] of statements.entries()) checkStatement(statement, `Statement[${index}]`, type)
  if (ofIam.includes(type)) checkSids(statements)
  return document as unknown as PolicyDocument
}

function parseJson(text: string): unknown {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new PolicyError('JSON_SYNTAX_ERROR', '', `reading the policy as JSON: ${(error as Error).message}`)
  }
  const twice = duplicateKey(text)
  if (twice === undefined) return document
  throw new PolicyError('JSON_SYNTAX_ERROR', '', `reading the policy as JSON: an object has the key '${twice}' twice`)
}

function statementsOf(document: Fields): Fields[] {
  const statements = listOf(document.Statement)
  if (statements.length === 0) throw new PolicyError('MISSING_STATEMENT', 'Statement', 'the policy has no statement')
  return statements.map((statement, index) => asObject(statement, `Statement[${index}]`))
}

function checkStatement(statement: Fields, path: string, type: PolicyType | undefined): void {
  checkFields(statement, statementFields, path)
  if (statement.Sid !== undefined) asString(statement.Sid, `${path}.Sid`)
  if (statement.Effect === undefined) throw new PolicyError('MISSING_EFFECT', path, 'Effect must be Allow or Deny')
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new PolicyError('INVALID_EFFECT', `${path}.Effect`, `use Allow or Deny, not ${show(statement.Effect)}`)
  }
  checkActions(statement, path, type)
  checkResources(statement, path, type)
  checkWho(statement as unknown as PolicyStatement, path, type)
  if (statement.Condition !== undefined) checkCondition(asObject(statement.Condition, `${path}.Condition`), path)
}

const actionPattern = /^(\*|\*:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/

function checkActions(statement: Fields, path: string, type: PolicyType | undefined): void {
  const element = oneOf(statement, ['Action', 'NotAction'], path)
  if (!element || listOf(statement[element]).length === 0) {
    throw new PolicyError('MISSING_ACTION', path, 'Policy statement must contain actions.')
  }
  if (element === 'NotAction' && type === 'rcp') {
    throw new PolicyError(
      'INVALID_POLICY_ELEMENT',
      `${path}.NotAction`,
      'resource control policies do not support NotAction',
    )
  }
  for (const action of asStrings(statement[element], `${path}.${element}`)) {
    if (actionPattern.test(action)) continue
    const message = action.includes(':')
      ? `'${action}' is not of the form service:Action`
      : `'${action}': Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.`
    throw new PolicyError('INVALID_ACTION', `${path}.${element}`, message)
  }
}

function checkResources(statement: Fields, path: string, type: PolicyType | undefined): void {
  const element = oneOf(statement, ['Resource', 'NotResource'], path)
  if (!element || listOf(statement[element]).length === 0) {
    if (element || withResource.includes(type)) {
      throw new PolicyError('MISSING_RESOURCE', path, 'Policy statement must contain resources.')
    }
    return
  }
  for (const resource of asStrings(statement[element], `${path}.${element}`)) {
    if (withResource.includes(type) && !/^(\*$|arn:)/.test(resource)) {
      throw new PolicyError(
        'INVALID_ARN_PREFIX',
        `${path}.${element}`,
        `Resource ${resource} must be in ARN format or "*".`,
      )
    }
  }
}

function checkWho(statement: PolicyStatement, path: string, type: PolicyType | undefined): void {
  const element = oneOf(statement as unknown as Fields, ['Principal', 'NotPrincipal'], path)
  if (!element) {
    if (type === 'resource' || type === 'rcp' || type === 'endpoint') {
      throw new PolicyError('MISSING_PRINCIPAL', path, 'the policy is attached to a resource: add a Principal element')
    }
    return
  }
  if (withoutPrincipal.includes(type)) {
    throw new PolicyError(
      'UNSUPPORTED_PRINCIPAL',
      `${path}.${element}`,
      'Policy document should not specify a principal.',
    )
  }
  if (element === 'NotPrincipal' && (statement.Effect === 'Allow' || type === 'rcp')) {
    const message = 'NotPrincipal must be used with "Effect":"Deny", and is not supported in resource control policies'
    throw new PolicyError('UNSUPPORTED_ELEMENT_COMBINATION', `${path}.NotPrincipal`, message)
  }
  checkPrincipal(statement[element], `${path}.${element}`)
  if (type === 'rcp' && statement.Principal !== '*') {
    throw new PolicyError(
      'UNSUPPORTED_PRINCIPAL',
      `${path}.Principal`,
      'resource control policies only support "Principal": "*"',
    )
  }
}

function checkCondition(block: Fields, statementPath: string): void {
  for (const [operator, keys] of Object.entries(block)) {
    const path = `${statementPath}.Condition.${operator}`
    parseOperator(operator, path)
    const seen = new Set<string>()
    for (const [key, values] of Object.entries(asObject(keys, path))) {
      if (!/^[^:]+:.+$/.test(key)) {
        const message = `'${key}': Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.`
        throw new PolicyError('INVALID_CONDITION_KEY_FORMAT', path, message)
      }
      if (seen.has(key.toLowerCase())) {
        throw new PolicyError('DUPLICATE_KEYS_WITH_DIFFERENT_CASE', path, `'${key}' is there twice: keys ignore case`)
      }
      seen.add(key.toLowerCase())
      for (const value of listOf(values)) {
        if (['string', 'number', 'boolean'].includes(typeof value)) continue
        throw new PolicyError('DATA_TYPE_MISMATCH', `${path}.${key}`, `a value must be a string, not ${show(value)}`)
      }
    }
  }
}

function checkSids(statements: readonly Fields[]): void {
  const seen = new Set<unknown>()
  for (const [index, { Sid }] of statements.entries()) {
    if (Sid === undefined || Sid === '') continue
    if (!/^[A-Za-z0-9]+$/.test(String(Sid))) {
      throw new PolicyError(
        'UNSUPPORTED_SID',
        `Statement[${index}].Sid`,
        `use letters and digits only, not ${show(Sid)}`,
      )
    }
    if (seen.has(Sid)) {
      const message = 'Statement IDs (SID) in a single policy must be unique.'
      throw new PolicyError('UNIQUE_SIDS_REQUIRED', `Statement[${index}].Sid`, message)
    }
    seen.add(Sid)
  }
}

/** Which of two exclusive elements the statement has, if any. */
function oneOf<Name extends string>(statement: Fields, names: readonly [Name, Name], path: string): Name | undefined {
  const [plain, inverted] = names
  if (statement[plain] !== undefined && statement[inverted] !== undefined) {
    throw new PolicyError('UNSUPPORTED_ELEMENT_COMBINATION', path, `${plain} and ${inverted} exclude each other`)
  }
  return names.find((name) => statement[name] !== undefined)
}

function checkFields(object: Fields, allowed: readonly string[], path: string): void {
  for (const field of Object.keys(object)) {
    if (!allowed.includes(field))
      throw new PolicyError('INVALID_POLICY_ELEMENT', path, `there is no element '${field}'`)
  }
}

function asObject(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new PolicyError('DATA_TYPE_MISMATCH', path, `should be an object, not ${show(value)}`)
}

function asString(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  throw new PolicyError('DATA_TYPE_MISMATCH', path, `should be a string, not ${show(value)}`)
}

function asStrings(value: unknown, path: string): readonly string[] {
  return listOf(value).map((one) => asString(one, path))
}

function show(value: unknown): string {
  return Array.isArray(value)
    ? 'an array'
    : value === null
      ? 'null'
      : typeof value === 'object'
        ? 'an object'
        : JSON.stringify(value)
}
