import type { PolicyStatement } from '@uais/iam'
import type { Place, PlacedStatement } from './control.ts'
import { bootstrapRoleArn, projectRolesArn } from './names.ts'
import type { AccountParams, ProjectParams } from './params.ts'

type Body = Omit<PolicyStatement, 'Sid' | 'Effect'>

export const deny = (Sid: string, body: Body): PlacedStatement['statement'] => ({ Sid, Effect: 'Deny', ...body })
export const allow = (Sid: string, body: Body): PlacedStatement['statement'] => ({ Sid, Effect: 'Allow', ...body })

/** The same statement in several documents: SCPs bind administrators, boundaries bind our own roles without one. */
export const inPlaces = (places: readonly Place[], ...statements: PlacedStatement['statement'][]): PlacedStatement[] =>
  statements.flatMap((statement) => places.map((place) => ({ place, statement })))

/** Adds `"Principal": "*"`, which resource policies need and identity policies must not have. */
export const forAnyone = (statement: PlacedStatement['statement']): PlacedStatement['statement'] => {
  const { Sid, Effect, ...rest } = statement
  return { Sid, Effect, Principal: '*', ...rest }
}

export type Spared = 'provision' | 'mint' | 'audit' | 'teardown' | 'projects' | 'break-glass'

/** Exact ARNs of those whom a statement spares, and whom the invariant that it keeps exempts. */
export const sparing = (params: AccountParams, ...who: Spared[]): string[] =>
  who.map((name) => {
    if (name === 'break-glass') return params.breakGlassPrincipal
    if (name === 'projects') return projectRolesArn(params)
    return bootstrapRoleArn(params, `uais-${name}`)
  })

/**
 * `aws:PrincipalArn` of a session is its role's ARN, so a session name can never match (IAM User Guide, "Global
 * condition context keys").
 */
export function but(params: AccountParams, ...who: Spared[]) {
  const arns = sparing(params, ...who)
  return { ArnNotLike: { 'aws:PrincipalArn': arns.length === 1 ? arns[0]! : arns } }
}

export const isProject = (params: AccountParams | ProjectParams): params is ProjectParams => 'project' in params
