import type { Invariant, PolicyStatement, ProofBundle } from '@uais/iam'
import { type CorpusCase, casesOf, clean } from './case-files.ts'
import { sendable } from './sendable.ts'
import { account, document, everything, fullAccess, region } from './statements.ts'

/** The form of packages/iam/cases/prove. */
export interface ProveCase {
  name: string
  scp?: PolicyStatement[]
  rcp?: PolicyStatement[]
  organizationId?: string
  principals: Record<string, ShortPrincipal>
  resources?: Record<string, { tags?: Record<string, string>; policy?: PolicyStatement[] }>
  assume?: ProofBundle['assume']
  invariant: Omit<Invariant, 'id'>
  verdict: 'proved' | 'disproved' | 'unknown'
}

interface ShortPrincipal {
  allow?: string
  policies?: PolicyStatement[]
  boundary?: PolicyStatement[]
  tags?: Record<string, string>
}

const isFullAccess = ({ Effect, Action }: PolicyStatement) => Effect === 'Allow' && Action === '*'

/** Organizations attaches its full access by itself; what a case adds hangs at the account. */
const levels = (name: string, full: typeof fullAccess, statements?: PolicyStatement[]) =>
  statements && [
    { level: 'root', policies: [full] },
    { level: account, policies: [full, { name, policy: document(statements.filter((one) => !isFullAccess(one))) }] },
  ]

const rcpFullAccess = { name: fullAccess.name, policy: document([{ ...everything, Principal: '*' }]) }

function bundleOf(one: ProveCase): ProofBundle {
  return clean({
    ...{ account, partition: 'aws', region, organizationId: one.organizationId },
    serviceControlPolicies: levels('scp', fullAccess, one.scp),
    resourceControlPolicies: levels('rcp', rcpFullAccess, one.rcp),
    principals: Object.entries(one.principals).map(([name, { allow = '*', policies, tags }]) => ({
      arn: `arn:aws:iam::${account}:${name}`,
      tags,
      identityPolicies: [
        { name: 'own', policy: document(policies ?? [{ Effect: 'Allow', Action: allow, Resource: '*' }]) },
      ],
    })),
    resources: Object.entries(one.resources ?? {}).map(([arn, { tags, policy }]) => ({
      ...{ arn, tags },
      resourcePolicy: policy && document(policy),
    })),
    assume: one.assume,
    invariants: [{ id: one.name, ...one.invariant } as Invariant],
  })
}

/** The cases that the prover disproves, asked of requests that can be sent. */
export const proveCases: CorpusCase[] = casesOf<ProveCase>('prove')
  .filter(({ verdict }) => verdict === 'disproved')
  .map((one) => ({ name: one.name, bundle: bundleOf({ ...one, ...sendable[one.name] }) }))
