import type { CatalogueAction } from '../../catalogue/catalogue.ts'
import type { ContextValue } from '../../evaluate/request.ts'
import { presenceOf, principalTagOf, resourceTagOf } from '../keys/key-facts.ts'
import type { World } from '../world.ts'
import { regionOf } from './arn-witnesses.ts'
import type { Box } from './box.ts'
import type { Element } from './element.ts'
import type { Principal } from './principal-classes.ts'

/** One key of a group's requests, with a value of each class; undefined: the request does not have it. */
export interface Variable {
  readonly key: string
  /** The key as policies spell it. */
  readonly name: string
  readonly values: readonly (ContextValue | undefined)[]
}

/** Actions that no policy of the search tells apart, and all requests for them. */
export interface Group {
  readonly action: CatalogueAction
  readonly principals: readonly Principal[]
  readonly elements: readonly Element[]
  /** Variables 2, 3, … of a box. */
  readonly variables: readonly Variable[]
}

type Allowed = (value: ContextValue | undefined) => boolean

/**
 * All requests of the group: principals and resources that restrict the same keys in the same way share a box, since a
 * user's tags and a listed resource's are what they are.
 */
export function boxesOf(group: Group, world: World): Box[] {
  const { action, principals, elements, variables } = group
  const values = variables.map(({ key, values }) => {
    const presence = presenceOf(key, action)
    const indices = values.map((_, index) => index)
    if (presence === 'always') return indices.filter((index) => values[index] !== undefined)
    return presence === 'never' ? indices.filter((index) => values[index] === undefined) : indices
  })
  const whos = regimes(principals, variables, isOfPrincipal, ({ key }, principal) => ofPrincipal(key, principal, world))
  const whats = regimes(elements, variables, isOfElement, (variable, element) => ofElement(variable, element, world))
  return whos.flatMap((who) =>
    whats.map((what) => [
      who.members,
      what.members,
      ...variables.map((variable, index) =>
        values[index]!.filter(
          (at) => who.allowed[index]!(variable.values[at]) && what.allowed[index]!(variable.values[at]),
        ),
      ),
    ]),
  )
}

/** What a principal or resource says of a key: any value, or one of a few. */
type Rule = 'any' | readonly (string | undefined)[] | 'present'

interface Regime {
  readonly members: number[]
  /** By variable. */
  readonly allowed: readonly Allowed[]
}

const anyValue: Allowed = () => true

/** Members with the same rules. Most keys have no rules, so only those that may have are looked at. */
function regimes<Member>(
  members: readonly Member[],
  variables: readonly Variable[],
  isRuled: (key: string) => boolean,
  ruleOf: (variable: Variable, member: Member) => Rule,
): Regime[] {
  const ruled = variables.map(({ key }) => isRuled(key))
  const found = new Map<string, Regime>()
  for (const [index, member] of members.entries()) {
    const rules = variables.map((variable, at) => (ruled[at] ? ruleOf(variable, member) : 'any'))
    const name = ruled.includes(true) ? rules.map(nameOf).join(';') : ''
    const regime = found.get(name) ?? { members: [], allowed: rules.map(allowedBy) }
    regime.members.push(index)
    found.set(name, regime)
  }
  return [...found.values()]
}

function nameOf(rule: Rule): string {
  return typeof rule === 'object' ? JSON.stringify(rule.map((one) => one ?? null)) : rule
}

function allowedBy(rule: Rule): Allowed {
  if (rule === 'any') return anyValue
  if (rule === 'present') return (value) => value !== undefined
  return (value) => rule.some((one) => one === value)
}

function isOfPrincipal(key: string): boolean {
  return key === 'aws:principalorgid' || principalTagOf(key) !== undefined
}

function isOfElement(key: string): boolean {
  if (key === 'aws:requestedregion') return true
  return key === 's3:resourceaccount' || key === 'aws:resourceorgid' || resourceTagOf(key) !== undefined
}

function ofPrincipal(key: string, { tags, taggedBySession }: Principal, { bundle }: World): Rule {
  if (key === 'aws:principalorgid' && bundle.organizationId !== undefined) return [bundle.organizationId]
  const tag = principalTagOf(key)
  if (tag === undefined) return 'any'
  if (!taggedBySession) return [tags.get(tag)]
  return tags.has(tag) ? 'present' : 'any'
}

function ofElement({ key, values }: Variable, element: Element, { bundle }: World): Rule {
  if (key === 'aws:requestedregion') return regionsOf(element, values)
  if (key === 's3:resourceaccount') return [element.accountId, undefined]
  if (key === 'aws:resourceorgid' && bundle.organizationId !== undefined) {
    return element.foreign ? 'any' : [bundle.organizationId]
  }
  const tag = resourceTagOf(key)
  if (tag === undefined) return 'any'
  if (!element.taggable) return [undefined]
  const value = element.tags.get(tag)
  if (value !== undefined) return element.reticent ? [value, undefined] : [value]
  return element.open ? 'any' : [undefined]
}

/** What has a region is reached through its endpoint; what has none, through any. */
function regionsOf({ arn, movedTo }: Element, values: Variable['values']): Rule {
  if (regionOf(arn) === '') return 'any'
  return values.filter((value): value is string => typeof value === 'string' && movedTo(value) !== undefined)
}
