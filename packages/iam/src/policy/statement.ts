import { type CompiledCondition, compileCondition } from '../condition/condition.ts'
import type { Question } from '../evaluate/question.ts'
import { compileResource } from '../pattern/arn.ts'
import { compileGlob, type Matcher } from '../pattern/glob.ts'
import { tokenise } from '../pattern/tokens.ts'
import { compileNotPrincipal, compilePrincipal, Grade, type PrincipalTest } from '../principal/element.ts'
import { listOf, type PolicyDocument, type PolicyStatement } from './document.ts'

/** One statement, its elements turned into tests. `action` takes the action in lower case. */
export interface CompiledStatement {
  readonly index: number
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  readonly action: (action: string) => boolean
  /** Absent where every resource is covered. */
  readonly resource: ((question: Question) => boolean) | undefined
  /** Absent in policies that have no Principal element. */
  readonly principal: PrincipalTest | undefined
  readonly conditions: readonly CompiledCondition[]
  /** As the document has it: the prover takes patterns from here, to find the values that tests tell apart. */
  readonly source: PolicyStatement
  /** Policy variables count: the document's Version is 2012-10-17. */
  readonly variables: boolean
}

interface StatementSource {
  index: number
  /** Policy variables count: Version is 2012-10-17. */
  variables: boolean
}

/** @throws {PolicyError} for a fault in a policy variable */
export function compileStatements({ Version, Statement }: PolicyDocument): CompiledStatement[] {
  const variables = Version === '2012-10-17'
  return listOf(Statement).map((statement, index) => compileStatement(statement, { index, variables }))
}

function compileStatement(source: PolicyStatement, { index, variables }: StatementSource): CompiledStatement {
  const path = `Statement[${index}]`
  const conditions = Object.entries(source.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      compileCondition(operator, key, values, { variables, path: `${path}.Condition.${operator}.${key}` }),
    ),
  )
  return {
    index,
    sid: source.Sid,
    effect: source.Effect,
    action: compileActions(source),
    resource: compileResources(source, variables, path),
    principal: compilePrincipals(source, conditions),
    conditions,
    source,
    variables,
  }
}

/** Whether resource and conditions hold; action and principal are asked for apart. */
export function applies(statement: CompiledStatement, question: Question): boolean {
  if (statement.resource !== undefined && !statement.resource(question)) return false
  for (const condition of statement.conditions) if (!condition.holds(question)) return false
  return true
}

/** How directly the statement names the caller; a policy without Principal speaks of whoever it is attached to. */
export function gradeOf(statement: CompiledStatement, question: Question): Grade {
  return statement.principal === undefined ? Grade.direct : statement.principal(question)
}

/** Action names compare without case (IAM User Guide, "IAM JSON policy elements: Action"). */
function compileActions(source: PolicyStatement): (action: string) => boolean {
  const patterns = listOf(source.NotAction ?? source.Action).map((pattern) =>
    compileGlob(tokenise(pattern.toLowerCase(), { wildcards: true, variables: false })),
  )
  const inverted = source.NotAction !== undefined
  const nobody = undefined as unknown as Question
  return (action) => patterns.some((match) => match(action, nobody)) !== inverted
}

function compileResources(source: PolicyStatement, variables: boolean, path: string): CompiledStatement['resource'] {
  if (source.NotResource === undefined && listOf(source.Resource ?? '*').includes('*')) return undefined
  const element = source.NotResource === undefined ? 'Resource' : 'NotResource'
  const matchers = listOf(source[element]).map((pattern) => compileResource(pattern, variables, `${path}.${element}`))
  const [only, second] = matchers
  if (element === 'Resource' && only && !second) return (question) => only(question.resource, question)
  return element === 'Resource' ? (question) => some(matchers, question) : (question) => !some(matchers, question)
}

function some(matchers: readonly Matcher[], question: Question): boolean {
  for (const match of matchers) if (match(question.resource, question)) return true
  return false
}

function compilePrincipals(
  source: PolicyStatement,
  conditions: readonly CompiledCondition[],
): PrincipalTest | undefined {
  if (source.NotPrincipal !== undefined) return compileNotPrincipal(source.NotPrincipal)
  if (source.Principal === undefined) return undefined
  return compilePrincipal(source.Principal, conditions.some(namesPrincipal) ? Grade.direct : Grade.principal)
}

/** A `*` narrowed by aws:PrincipalArn is limited by no boundary or session policy ("IAM role principals"). */
function namesPrincipal({ key, operator }: CompiledCondition): boolean {
  return (
    key.toLowerCase() === 'aws:principalarn' &&
    /^(ForAnyValue:)?(Arn|String)(Equals|Like)(IgnoreCase)?$/i.test(operator)
  )
}
