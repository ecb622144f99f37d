import {
  type AccountParams,
  type BundleAdditions,
  type ProjectParams,
  projectRoleArn,
  proofBundle,
} from '@uais/guardrails'
import type { Invariant, NamedDocument, PolicyDocument, ProofBundle, ProofPrincipal } from '@uais/iam'
import type { Stack } from '../runs/stack.ts'
import { inOneOrder } from './in-one-order.ts'
import { tellingFirst } from './telling-first.ts'

/** What a proof of an account is made from. */
export interface BundleParts {
  params: AccountParams
  projects: readonly ProjectParams[]
  /** Stacks with the documents that are, or would be, in force. */
  stacks: readonly Pick<Stack, 'kind' | 'key' | 'policies'>[]
  /** What was read live; it takes the place of what would be compiled. */
  live?: Omit<BundleAdditions, 'policies' | 'resources'> & {
    /** Policies of resources by their ARN; `null`: it has none. */
    resourcePolicies?: ReadonlyMap<string, PolicyDocument | null>
  }
}

/** One promise within a bundle: whose it is. */
interface Promised {
  control: string
  /** As the catalogue names it; in the bundle it may carry a project's name besides. */
  invariant: string
  project: string | null
}

export interface AccountBundle {
  bundle: ProofBundle
  /** By the id that the promise has in the bundle. */
  promises: ReadonlyMap<string, Promised>
}

/** One bundle of a whole account: its own documents, and of each project the roles, resources and promises. */
export function accountBundle(parts: BundleParts): AccountBundle {
  const of = (kind: Stack['kind'], name?: string) =>
    Object.assign(
      {},
      ...parts.stacks.filter((s) => s.kind === kind && (!name || inProject(s, name))).map((s) => s.policies),
    )
  const shared = { ...of('account'), ...of('organization') } as Record<string, string>
  const { resourcePolicies: _, ...live } = parts.live ?? {}
  const base = proofBundle(parts.params, { ...live, policies: shared })
  const bundles = parts.projects.map((project) => {
    const own = of('project', project.project.name) as Record<string, string>
    const bundle = proofBundle(project, { ...live, policies: { ...shared, ...own } })
    return { name: project.project.name, bundle: withGrants(bundle, project, parts) }
  })
  const { bundle, promises } = withLivePolicies(merged(base, bundles), parts)
  return { bundle: inOneOrder(bundle), promises }
}

/** The things themselves are as wanted; what stands on them is as it was read. */
function withLivePolicies({ bundle, promises }: AccountBundle, { live }: BundleParts): AccountBundle {
  const read = live?.resourcePolicies
  if (!read) return { bundle, promises }
  const resources = bundle.resources.map((resource) =>
    read.has(resource.arn) ? { ...resource, resourcePolicy: read.get(resource.arn) ?? null } : resource,
  )
  return { bundle: { ...bundle, resources }, promises }
}

/** Whether the stack is the project's own, or of something in it. */
export const inProject = (stack: { key: string }, name: string) => stack.key.split('/')[2] === name

/** Documents that data sources and endpoints write into the project's roles; live roles hold them already. */
function withGrants(bundle: ProofBundle, project: ProjectParams, { stacks, live }: BundleParts): ProofBundle {
  const grants = stacks
    .filter(
      ({ kind, key }) => (kind === 'data-source' || kind === 'endpoint') && inProject({ key }, project.project.name),
    )
    .flatMap(({ key, policies }) =>
      Object.entries(policies).map(
        ([name, text]): NamedDocument => ({ name: `${key}:${name}`, policy: JSON.parse(text) as PolicyDocument }),
      ),
    )
  const readLive = new Set((live?.principals ?? []).map(({ arn }) => arn))
  const holders = (['studio', 'training'] as const)
    .map((role) => projectRoleArn(project, project.project.name, role))
    .filter((arn) => !readLive.has(arn))
  const granted = (principal: ProofPrincipal): ProofPrincipal =>
    holders.includes(principal.arn)
      ? { ...principal, identityPolicies: [...principal.identityPolicies, ...grants] }
      : principal
  return { ...bundle, principals: bundle.principals.map(granted) }
}

/** Promises that are the same for all projects are proved once; what differs is proved for each. */
function merged(base: ProofBundle, bundles: readonly { name: string; bundle: ProofBundle }[]): AccountBundle {
  const invariants = new Map<string, Invariant>()
  const promises = new Map<string, Promised>()
  const add = (promise: Invariant, project: string | null) => {
    const invariant = tellingFirst(promise)
    const known = invariants.get(invariant.id)
    if (known && JSON.stringify(known) === JSON.stringify(invariant)) return
    const id = known || project ? `${invariant.id}@${project}` : invariant.id
    invariants.set(id, { ...invariant, id })
    promises.set(id, { control: invariant.id.split('/')[0] ?? '', invariant: invariant.id, project })
  }
  for (const invariant of base.invariants) add(invariant, null)
  for (const { name, bundle } of bundles) for (const invariant of bundle.invariants) add(invariant, name)
  const everyone = [base, ...bundles.map(({ bundle }) => bundle)]
  return {
    bundle: {
      ...base,
      principals: byArn(everyone.flatMap(({ principals }) => principals)),
      resources: byArn(everyone.flatMap(({ resources }) => resources)),
      invariants: [...invariants.values()],
    },
    promises,
  }
}

function byArn<Listed extends { arn: string }>(all: readonly Listed[]): Listed[] {
  return [...new Map(all.map((one) => [one.arn, one])).values()]
}
