import type { Invariant, PolicyPrincipal, PolicyStatement, ProofBundle, ProofPrincipal } from '@uais/iam'
import { type CorpusCase, casesOf, clean } from './case-files.ts'
import { sendableChains } from './sendable.ts'
import { account, document, fullAccess, region } from './statements.ts'

/** The form of packages/iam/cases/chains: `reaches` and `widens` name who is got hold of, or grows. */
export interface ChainCase {
  name: string
  principals: Record<string, ShortPrincipal>
  resources?: Record<string, { role?: string }>
  scp?: PolicyStatement[]
  exempt: string[]
  reaches?: Record<string, string[]>
  widens?: Record<string, string[]>
  closedBy?: PolicyStatement[]
  /** What who grows can do at last; absent: list models. */
  act?: string
}

interface ShortPrincipal {
  policies: PolicyStatement[]
  managed?: string
  boundary?: { arn: string; policies: PolicyStatement[] }
  trust?: PolicyPrincipal
  trustActions?: string[]
  trustWhen?: PolicyStatement['Condition']
  tags?: Record<string, string>
}

const full = (name: string) => (name.startsWith('arn:') ? name : `arn:aws:iam::${account}:${name}`)
const goal = 'arn:aws:s3:::goal-of-the-chain'

function principalOf([name, one]: [string, ShortPrincipal]): ProofPrincipal {
  const { policies, managed, boundary, trust, trustActions = 'sts:AssumeRole', trustWhen, tags } = one
  const trusts: PolicyStatement[] = trust
    ? [{ Effect: 'Allow', Principal: trust, Action: trustActions, ...(trustWhen && { Condition: trustWhen }) }]
    : []
  const own = { name: 'own', policy: document(policies), ...(managed && { arn: full(managed) }) }
  return {
    ...{ arn: full(name), tags },
    identityPolicies: policies.length > 0 ? [own] : [],
    permissionsBoundary: boundary && { name: 'limit', arn: boundary.arn, policy: document(boundary.policies) },
    trustPolicy: trusts.length > 0 ? document(trusts) : null,
  }
}

/**
 * The act that only the end of the chain can do: whom it makes lists buckets as whom it made; who was there reads a
 * bucket that lets in nobody else; who grows does what its own policies do not let it.
 */
function actOf({ principals, reaches, exempt, act = 'sagemaker:ListModels' }: ChainCase): {
  invariant: Omit<Invariant, 'id'>
  isGoal: boolean
} {
  const end = Object.keys(reaches ?? {}).at(-1)
  if (!end) return { invariant: { nobodyBut: exempt, may: [act], on: { arns: ['*'] } }, isGoal: false }
  const isGoal = principals[end] !== undefined
  const may = isGoal
    ? { may: ['s3:ListBucket'], on: { arns: [goal] } }
    : { may: ['s3:ListAllMyBuckets'], on: { arns: ['*'] } }
  return { invariant: { nobodyBut: exempt, ...may, when: { ArnEquals: { 'aws:PrincipalArn': full(end) } } }, isGoal }
}

function bundleOf(one: ChainCase): ProofBundle {
  const { invariant, isGoal } = actOf(one)
  const letsIn: PolicyStatement = {
    ...{ Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: goal },
    Condition: { ArnEquals: { 'aws:PrincipalArn': full(Object.keys(one.reaches ?? {}).at(-1) ?? '') } },
  }
  const own = one.scp ? [{ name: 'guard', policy: document(one.scp) }] : []
  return clean({
    ...{ account, partition: 'aws', region },
    serviceControlPolicies: [
      { level: 'root', policies: [fullAccess] },
      { level: account, policies: [fullAccess, ...own] },
    ],
    principals: Object.entries(one.principals).map(principalOf),
    resources: [
      ...Object.entries(one.resources ?? {}).map(([arn, { role }]) => ({ arn, ...(role && { role: full(role) }) })),
      ...(isGoal ? [{ arn: goal, resourcePolicy: document([letsIn]) }] : []),
    ],
    invariants: [{ id: one.name, ...invariant } as Invariant],
  })
}

/** `role/Dev iam:CreateRole role/*` with the account's ARNs, to be compared whole. A domain has the id that AWS gave. */
function stepOf(told: string): RegExp {
  const [principal = '', action = '', resource = ''] = told.split(' ')
  const pattern = [full(principal), action, full(resource.replace('/d-1/', '/d-*/'))].join(' ')
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
}

/** The cases in which somebody can be reached or grows. */
export const chainCases: CorpusCase[] = casesOf<ChainCase>('chains')
  .filter(({ reaches, widens }) => reaches ?? widens)
  .map((one) => ({ ...one, ...sendableChains[one.name] }))
  .map((one) => ({
    ...{ name: one.name, bundle: bundleOf(one) },
    steps: Object.values({ ...one.reaches, ...one.widens })
      .at(-1)!
      .map(stepOf),
    ...(one.closedBy ? { closedBy: one.closedBy } : {}),
  }))
