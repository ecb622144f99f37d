import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CatalogueAction, catalogueAction } from '../catalogue/catalogue.ts'
import { decide } from '../evaluate/evaluate.ts'
import type { ContextValue } from '../evaluate/request.ts'
import type { PolicyDocument, PolicyStatement } from '../policy/document.ts'
import type { Assumption, ProofBundle } from './bundle.ts'
import { readBundle } from './read-bundle.ts'
import { type Answer, search } from './search.ts'
import { compileWorld, type World } from './world.ts'

/*
 * The prover against brute force: small bundles over a small alphabet, whose requests are all asked of the evaluator.
 * Texts are longer than the patterns have characters, so that every class of them occurs.
 */

const account = '111122223333'
const bucket = 'arn:aws:s3:::b'
const role = `arn:aws:iam::${account}:role/R`
const user = `arn:aws:iam::${account}:user/U`

const text = fc.array(fc.constantFrom('a', 'b', '*', '?'), { minLength: 1, maxLength: 2 }).map((list) => list.join(''))
const word = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }).map((list) => list.join(''))
const texts = fc.array(text, { minLength: 1, maxLength: 2 })
const variable = fc.constantFrom('${aws:PrincipalTag/t}', 'a${aws:PrincipalTag/t}', '${aws:PrincipalTag/t}*')

const onText = (key: string, value: fc.Arbitrary<string[]>) =>
  fc
    .tuple(
      fc.constantFrom('StringLike', 'StringNotLike', 'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase'),
      fc.constantFrom('', 'IfExists'),
      value,
    )
    .map(([operator, suffix, values]) => ({ [operator + suffix]: { [key]: values } }))
const onList = fc
  .tuple(
    fc.constantFrom('ForAnyValue:', 'ForAllValues:', ''),
    fc.constantFrom('StringLike', 'StringNotLike', 'StringEquals'),
    fc.constantFrom('', 'IfExists'),
    texts,
  )
  .map(([set, operator, suffix, values]) => ({ [set + operator + suffix]: { 'aws:CalledVia': values } }))
const onNumber = fc
  .tuple(
    fc.constantFrom('NumericLessThan', 'NumericEquals', 'NumericNotEquals', 'NumericGreaterThanEqualsIfExists'),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([operator, value]) => ({ [operator]: { 'aws:MultiFactorAuthAge': String(value) } }))
const onNull = fc
  .tuple(fc.constantFrom('aws:SourceIdentity', 'aws:CalledVia', 'aws:MultiFactorAuthAge'), fc.boolean())
  .map(([key, absent]) => ({ Null: { [key]: String(absent) } }))
const onBool = fc
  .constantFrom('true', 'false')
  .map((value) => ({ BoolIfExists: { 'aws:MultiFactorAuthPresent': value } }))
const onCaller = fc
  .tuple(fc.constantFrom('ArnLike', 'ArnNotLike'), fc.constantFrom(role, user, `arn:aws:iam::*:role/*`))
  .map(([operator, value]) => ({ [operator]: { 'aws:PrincipalArn': value } }))

const plain = fc.oneof(onText('aws:SourceIdentity', texts), onList, onNumber, onNull, onBool, onCaller)
const coupled = fc.oneof(
  onText('aws:SourceIdentity', fc.array(variable, { minLength: 1, maxLength: 1 })),
  onText('aws:PrincipalTag/t', texts),
)

type Block = Record<string, Record<string, string | string[]>>
const merged = (blocks: Block[]): Block => {
  const whole: Block = {}
  for (const block of blocks)
    for (const [operator, keys] of Object.entries(block)) whole[operator] = { ...whole[operator], ...keys }
  return whole
}
const conditions = (one: fc.Arbitrary<Block>) => fc.array(one, { maxLength: 3 }).map(merged)

const resource = fc.oneof(
  fc.constant('*'),
  text.map((value) => `${bucket}/${value}`),
  word.map((value) => `${bucket}/${value}`),
)
const statement = (block: fc.Arbitrary<Block>, patterns: fc.Arbitrary<string>) =>
  fc
    .record({
      Effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Deny'),
      Action: fc.constantFrom('*', 's3:GetObject', 's3:Put*'),
      Resource: fc.array(patterns, { minLength: 1, maxLength: 2 }),
      Condition: conditions(block),
      inverted: fc.boolean(),
    })
    .map(
      ({ inverted, Resource, ...rest }): PolicyStatement =>
        inverted && !Resource.includes('*') ? { ...rest, NotResource: Resource } : { ...rest, Resource },
    )
const document = (one: fc.Arbitrary<PolicyStatement>) =>
  fc
    .array(one, { minLength: 1, maxLength: 3 })
    .map((Statement): PolicyDocument => ({ Version: '2012-10-17', Statement }))
const everything: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' }
const openly = (one: fc.Arbitrary<PolicyDocument>) =>
  one.map(
    (policy): PolicyDocument => ({ ...policy, Statement: [everything, ...(policy.Statement as PolicyStatement[])] }),
  )
const attached = (one: fc.Arbitrary<PolicyDocument>) =>
  fc
    .tuple(one, fc.constantFrom<PolicyStatement['Principal']>('*', { AWS: role }, { AWS: account }))
    .map(([policy, who]) => ({
      ...policy,
      Statement: (policy.Statement as PolicyStatement[]).map((part) => ({ ...part, Principal: who! })),
    }))

function bundles(block: fc.Arbitrary<Block>, patterns: fc.Arbitrary<string>, assume: ProofBundle['assume']) {
  const some = document(statement(block, patterns))
  const named = (policy: PolicyDocument) => ({ name: 'p', policy })
  return fc
    .record({
      scp: fc.option(openly(some), { nil: undefined }),
      identity: fc.oneof(some, openly(some)),
      boundary: fc.option(some, { nil: undefined }),
      bucketPolicy: fc.option(attached(some), { nil: undefined }),
      tags: fc.constantFrom<Record<string, string>>({}, { t: 'a' }, { t: 'b' }),
    })
    .map(
      ({ scp, identity, boundary, bucketPolicy, tags }): ProofBundle => ({
        account,
        partition: 'aws',
        region: 'eu-west-1',
        ...(scp && { serviceControlPolicies: [{ level: 'root', policies: [named(scp)] }] }),
        principals: [
          { arn: role, tags, identityPolicies: [named(identity)], permissionsBoundary: boundary && named(boundary) },
          { arn: user, tags, identityPolicies: [named(identity)] },
        ],
        resources: [{ arn: bucket, resourcePolicy: bucketPolicy }],
        ...(assume && { assume }),
        invariants: [],
      }),
    )
}

const wordsUpTo = (letters: string, length: number): string[] =>
  length === 0 ? [''] : ['', ...wordsUpTo(letters, length - 1).flatMap((rest) => [...letters].map((one) => one + rest))]
const unique = <T>(list: T[]) => [...new Set(list)]
const shortTexts = unique(wordsUpTo('abc', 2)).filter(Boolean)
const elements = ['a', 'b', 'c', 'ab', 'ba', 'cc']
const lists = [
  ...elements.map((one) => [one]),
  ...elements.flatMap((one, at) => elements.slice(at + 1).map((two) => [one, two])),
]

type Values = readonly (ContextValue | undefined)[]

/** Whether any request with these values is allowed, by asking all of them. */
function bruteForce(
  world: World,
  action: CatalogueAction,
  keys: Record<string, Values>,
  arns: readonly string[],
): boolean {
  const policy = world.resources.find(({ arn }) => arn === bucket)!.resourcePolicy
  return world.candidates.some(({ arn: principal, policies, tags }) => {
    const given = keys['aws:PrincipalTag/t']
    const own: Record<string, Values> =
      given && principal === user ? { 'aws:PrincipalTag/t': given.filter((value) => value === tags.t) } : {}
    const present = principal === role && tags.t !== undefined
    return contexts({ ...keys, ...own }).some(
      (context) =>
        !(present && 'aws:PrincipalTag/t' in keys && context['aws:PrincipalTag/t'] === undefined) &&
        arns.some((arn) => {
          const request = { principal, action: action.action, resource: { arn, accountId: account }, context }
          return decide(request, { ...policies, resourcePolicy: policy }) === 'Allowed'
        }),
    )
  })
}

function contexts(keys: Record<string, Values>): Record<string, ContextValue | undefined>[] {
  let all: Record<string, ContextValue | undefined>[] = [{}]
  for (const [key, values] of Object.entries(keys)) {
    all = all.flatMap((context) => values.map((value) => ({ ...context, [key]: value })))
  }
  return all
}

/** Only the keys that the bundle mentions: of the others any value is as good as none. */
function mentioned(bundle: ProofBundle, keys: Record<string, Values>): Record<string, Values> {
  const whole = JSON.stringify(bundle)
  return Object.fromEntries(Object.entries(keys).filter(([key]) => whole.includes(key)))
}

function isAllowed(world: World, answer: Extract<Answer, { kind: 'found' }>): boolean {
  const { request, candidate } = answer
  const resourcePolicy = world.resources.find(({ arn }) => arn === bucket)!.resourcePolicy
  const asked = { ...request, resource: { arn: request.resource, accountId: account } }
  return decide(asked, { ...candidate.policies, resourcePolicy }) === 'Allowed'
}

const keys: Record<string, Values> = {
  'aws:SourceIdentity': [undefined, ...shortTexts],
  'aws:CalledVia': [undefined, ...lists],
  'aws:MultiFactorAuthAge': [undefined, '0', '1', '1.5', '2', '3', '4'],
  'aws:MultiFactorAuthPresent': [undefined, 'true', 'false'],
}
const arns = unique(wordsUpTo('abc', 2))
  .filter(Boolean)
  .map((one) => `${bucket}/${one}`)

const runs = Number(process.env.RUNS ?? 25)

describe('the search agrees with brute force', async () => {
  const action = (await catalogueAction('s3:GetObject'))!
  const on = { arns: [`${bucket}/*`] }

  it('on conditions of every kind', async () => {
    const seen = { none: 0, found: 0, unknown: 0 }
    const property = fc.asyncProperty(bundles(plain, resource, undefined), async (bundle) => {
      const world = await compileWorld(readBundle(JSON.parse(JSON.stringify(bundle))))
      const answer = search(world, { candidates: world.candidates, actions: [action], on })
      seen[answer.kind]++
      expect(answer.kind).not.toBe('unknown')
      if (answer.kind === 'found') expect(isAllowed(world, answer)).toBe(true)
      else expect(bruteForce(world, action, mentioned(bundle, keys), arns)).toBe(false)
    })
    await fc.assert(property, { numRuns: runs, seed: 3 })
    expect(Math.min(seen.none, seen.found)).toBeGreaterThan(runs / 8)
  }, 120_000)

  it('on policy variables, whatever is assumed of them', async () => {
    const seen = { none: 0, found: 0, unknown: 0 }
    const assumptions: (Record<string, Assumption> | undefined)[] = [
      undefined,
      { 'aws:PrincipalTag/t': { pattern: '[abc]+' } },
      { 'aws:PrincipalTag/t': { values: ['a', 'bb'], absent: false } },
    ]
    const patterns = fc.oneof(
      resource,
      variable.map((value) => `${bucket}/${value}`),
      variable.map((value) => `${bucket}/${value}/*`),
    )
    const one = fc
      .constantFrom(...assumptions)
      .chain((assume) => bundles(fc.oneof(plain, coupled, coupled), patterns, assume))
    const tags = ['a', 'b', 'c', 'ab', 'bb', 'abc']
    const property = fc.asyncProperty(one, async (bundle) => {
      const world = await compileWorld(readBundle(JSON.parse(JSON.stringify(bundle))))
      const answer = search(world, { candidates: world.candidates, actions: [action], on })
      seen[answer.kind]++
      if (answer.kind === 'found') expect(isAllowed(world, answer)).toBe(true)
      if (answer.kind !== 'none') return
      const { assume } = bundle
      const values = assume?.['aws:PrincipalTag/t']?.values
      const free = assume ? tags : [...tags, '*', 'a/', 'a*', '']
      const tag = values ? [...values] : [undefined, ...free]
      const few = { ...keys, 'aws:PrincipalTag/t': tag, 'aws:CalledVia': [undefined, ['a'], ['b', 'ab'], ['cc']] }
      const deep = [...arns, ...arns.map((arn) => `${arn}/c`)]
      expect(bruteForce(world, action, mentioned(bundle, few), deep)).toBe(false)
    })
    await fc.assert(property, { numRuns: runs, seed: 4 })
    expect(Math.min(seen.none, seen.found)).toBeGreaterThan(runs / 8)
  }, 120_000)
})
