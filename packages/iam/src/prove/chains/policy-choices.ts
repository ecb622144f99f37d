import { listOf } from '../../policy/document.ts'
import type { NamedDocument, ProofRequest } from '../bundle.ts'
import type { World } from '../world.ts'
import { type Asker, type Found, joined, type Question, stepsTo, type When } from './asker.ts'
import { mentions } from './documents.ts'

/** A managed policy that a request can name. `document` is absent when it can be made to allow everything. */
export interface PolicyChoice {
  readonly arn: string
  readonly document: NamedDocument | undefined
  readonly steps: readonly ProofRequest[]
}

/** Managed policies whose content the bundle tells, by ARN. */
function listedPolicies({ bundle }: World): ReadonlyMap<string, NamedDocument> {
  const documents = bundle.principals.flatMap(({ identityPolicies, permissionsBoundary }) => [
    ...identityPolicies,
    ...(permissionsBoundary ? [permissionsBoundary] : []),
  ])
  return new Map(documents.flatMap((document) => (document.arn ? [[document.arn, document] as const] : [])))
}

/**
 * The managed policies that somebody is allowed to attach, or to set as a boundary: those of the bundle, AWS's
 * AdministratorAccess, and any that one can create. Others make the answer unknown: nobody told what they allow.
 *
 * @param key iam:PolicyARN or iam:PermissionsBoundary, by which the request names the policy
 */
export function policyChoices(asker: Asker, question: Question, key: string): readonly PolicyChoice[] {
  const { account, partition } = asker.world.bundle
  const listed = listedPolicies(asker.world)
  const administrator = `arn:${partition}:iam::aws:policy/AdministratorAccess`
  const choices: PolicyChoice[] = []
  for (const arn of [administrator, ...listed.keys()]) {
    const found = asker.ask({ ...question, when: both(question.when, { StringEquals: { [key]: arn } }) })
    const document = listed.get(arn)
    const limited = document && !allowsEverything(document) ? document : undefined
    if (found) choices.push({ arn, document: limited, steps: stepsTo(found) })
  }
  if (choices.some(({ document }) => !document) && !mentions(asker.world, key)) return choices
  const told = { StringNotEquals: { [key]: [administrator, ...listed.keys()] } }
  for (const owner of [account, 'aws']) {
    const pattern = { ArnLike: { [key]: `arn:${partition}:iam::${owner}:policy/?*` } }
    const found = asker.ask({ ...question, when: both(question.when, both(told, pattern)) })
    const choice = found && created(asker, question, key, found)
    if (choice) choices.push(choice)
  }
  return choices
}

export function allowsEverything({ policy }: NamedDocument): boolean {
  const [only, second] = listOf(policy.Statement)
  const isAny = (value: string | readonly string[] | undefined) => listOf(value).includes('*')
  return !second && only?.Effect === 'Allow' && isAny(only.Action) && isAny(only.Resource) && !only.Condition
}

/** A policy that nobody told of, if it can be created with the content that one likes. */
function created(asker: Asker, question: Question, key: string, named: Found): PolicyChoice | undefined {
  const { account, partition } = asker.world.bundle
  const arns = [String(named.request.context[key]), `arn:${partition}:iam::${account}:policy/?*`]
  for (const wanted of arns) {
    const creation = asker.ask({ action: 'iam:CreatePolicy', arns: [wanted] })
    const arn = creation?.request.resource
    const found = arn && asker.ask({ ...question, when: both(question.when, { StringEquals: { [key]: arn } }) })
    if (creation && arn && found) {
      return { arn, document: undefined, steps: joined(stepsTo(creation), stepsTo(found)) }
    }
  }
  asker.unknown.add(`what ${arns[0]} allows, which ${question.action} may name, is not in the bundle`)
  return undefined
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
