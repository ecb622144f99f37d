import { compileCondition } from '../../condition/condition.ts'
import { listOf } from '../../policy/document.ts'
import type { NamedDocument, ProofBundle, ProofRequest } from '../bundle.ts'
import { contextQuestion } from '../keys/context-question.ts'
import type { World } from '../world.ts'
import { conditionsOn } from './alike.ts'
import type { Asker } from './asker.ts'
import { statementsOf } from './documents.ts'
import { untoldPolicies } from './names.ts'
import type { Question, When } from './question.ts'
import { joined, stepsTo } from './steps.ts'

/** A managed policy that a request can name. `document` is absent when it can be made to allow everything. */
export interface PolicyChoice {
  readonly arn: string
  readonly document: NamedDocument | undefined
  readonly steps: readonly ProofRequest[]
}

const listed = new WeakMap<ProofBundle, ReadonlyMap<string, NamedDocument>>()

/** Managed policies whose content the bundle tells, by ARN. */
function listedPolicies({ bundle }: World): ReadonlyMap<string, NamedDocument> {
  const known = listed.get(bundle)
  if (known) return known
  const documents = bundle.principals.flatMap(({ identityPolicies, permissionsBoundary }) => [
    ...identityPolicies,
    ...(permissionsBoundary ? [permissionsBoundary] : []),
  ])
  const policies = new Map(documents.flatMap((document) => (document.arn ? [[document.arn, document] as const] : [])))
  listed.set(bundle, policies)
  return policies
}

/**
 * The managed policies that somebody is allowed to attach, or to set as a boundary: those of the bundle, AWS's
 * AdministratorAccess, and any that one can create. Others make the answer unknown: nobody told what they allow.
 *
 * @param key iam:PolicyARN or iam:PermissionsBoundary, by which the request names the policy
 */
export function policyChoices(asker: Asker, question: Question, key: string): readonly PolicyChoice[] {
  if (asker.isVain(question)) return []
  const { world } = asker
  const administrator = `arn:${world.bundle.partition}:iam::aws:policy/AdministratorAccess`
  const told = listedPolicies(world)
  const naming = (arn: string) =>
    asker.ask({ ...question, when: both(question.when, { StringEquals: { [key]: arn } }) })
  const choices: PolicyChoice[] = []
  for (const arn of new Set([administrator, ...told.keys()])) {
    const found = naming(arn)
    const document = told.get(arn)
    const limited = document && !allowsEverything(document) ? document : undefined
    if (found) choices.push({ arn, document: limited, steps: stepsTo(found) })
  }
  const unlimited = choices.filter(({ document }) => !document).map(({ arn }) => arn)
  // What is attached besides what allows everything adds nothing.
  if (unlimited.length > 0 && key === 'iam:PolicyARN') return choices
  const looksOf = looksUnder(world, key)
  const untold = untoldPolicies(world, new Set([administrator, ...told.keys()]))
  if (!untold) asker.unknown.add(`which policies ${question.action} may name: the policies tell too many apart`)
  for (const arn of untold ?? []) {
    if (unlimited.some((other) => looksOf(other) === looksOf(arn))) continue
    const found = naming(arn)
    if (!found) continue
    const creation = asker.ask({ action: 'iam:CreatePolicy', arns: [arn] })
    if (creation) choices.push({ arn, document: undefined, steps: joined(stepsTo(creation), stepsTo(found)) })
    else asker.unknown.add(`what ${arn} allows, which ${question.action} may name, is not in the bundle`)
  }
  return choices
}

const looks = new WeakMap<ProofBundle, Map<string, Looks>>()

type Looks = (arn: string) => string

/** What policies see of a policy's name: those that look alike are as good as each other, but for what they allow. */
function looksUnder(world: World, key: string): Looks {
  const byKey = looks.get(world.bundle) ?? new Map<string, Looks>()
  looks.set(world.bundle, byKey)
  const known = byKey.get(key) ?? findLooks(world, key)
  byKey.set(key, known)
  return known
}

function findLooks(world: World, key: string): Looks {
  const conditions = statementsOf(world).flatMap((placed) =>
    conditionsOn(key.toLowerCase(), placed).map(({ operator, values }) =>
      compileCondition(operator, key, values, { variables: placed.variables, path: 'Condition' }),
    ),
  )
  const isVaried = conditions.some(({ values }) => values.some((value) => value.includes('${')))
  const known = new Map<string, string>()
  return (arn) => {
    if (isVaried) return arn
    const found = known.get(arn) ?? conditions.map((one) => one.holds(contextQuestion({ [key]: arn }))).join()
    known.set(arn, found)
    return found
  }
}

export function allowsEverything({ policy }: NamedDocument): boolean {
  const [only, second] = listOf(policy.Statement)
  const isAny = (value: string | readonly string[] | undefined) => listOf(value).includes('*')
  return !second && only?.Effect === 'Allow' && isAny(only.Action) && isAny(only.Resource) && !only.Condition
}

export function holdsDeny({ policy }: NamedDocument): boolean {
  return listOf(policy.Statement).some(({ Effect }) => Effect === 'Deny')
}

/** Both Condition blocks: operators of the one and of the other. No key stands under one operator in both. */
export function both(one: When, other: When): NonNullable<When> {
  const merged: Record<string, NonNullable<When>[string]> = { ...one }
  for (const [operator, keys] of Object.entries(other ?? {})) merged[operator] = { ...merged[operator], ...keys }
  return merged
}
