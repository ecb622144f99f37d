import { catalogueVersion, conditionKeyType } from '../catalogue/catalogue.ts'
import { lower } from '../evaluate/context.ts'
import type { PolicyType } from '../evaluate/decision.ts'
import type { NamedPolicies, PolicySet } from '../evaluate/request.ts'
import { type CompiledPolicy, compilePolicy, type StatementIndex } from '../policy/compile.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { type Assumptions, compileAssumptions } from './assume/assumptions.ts'
import type { OrganizationLevel, ProofBundle, ProofRequest } from './bundle.ts'
import { keysIn } from './search/universe.ts'

/** A principal that can act, with all policies that bind it but those of the resource. */
export interface Candidate {
  /** Role, user or root; a session acts through its role's ARN. */
  readonly arn: string
  /** Without `resourcePolicy`: that is the resource's. */
  readonly policies: PolicySet
  readonly tags: Readonly<Record<string, string>>
  /** Requests by which somebody becomes this principal, in order; none for a principal of the bundle. */
  readonly steps: readonly ProofRequest[]
}

/** A resource of the bundle, or a role of one of its principals. */
export interface WorldResource {
  readonly arn: string
  readonly tags: Readonly<Record<string, string>>
  /** Resource policy, a KMS key's key policy or a role's trust policy. */
  readonly resourcePolicy: CompiledPolicy | undefined
  /** Role that this compute runs as. */
  readonly role: string | undefined
}

/** A bundle with its policies compiled: what a search is about. */
export interface World {
  readonly bundle: ProofBundle
  /** The principals of the bundle. */
  readonly candidates: readonly Candidate[]
  readonly resources: readonly WorldResource[]
  /** Policies that bind every principal of the account. */
  readonly organization: Omit<PolicySet, 'identityPolicies'>
  readonly assumptions: Assumptions
  /** AWS's type of every condition key that the bundle mentions, by key in lower case, where it is documented. */
  readonly keyTypes: ReadonlyMap<string, string>
  /** Version of the action catalogue that the proof is about. */
  readonly catalogueVersion: string
}

/**
 * Compiles the policies of a bundle that `readBundle` has checked.
 *
 * @throws {PolicyError} when AWS would not store one of them; its path leads through the bundle
 * @throws {BundleError} for a pattern in `assume` that cannot be read
 */
export async function compileWorld(bundle: ProofBundle): Promise<World> {
  const { compile, compiled } = sharing()
  const organization = {
    serviceControlPolicies: levels(bundle, 'serviceControlPolicies', compile),
    resourceControlPolicies: levels(bundle, 'resourceControlPolicies', compile),
    endpointPolicies: bundle.endpointPolicies?.map(({ name, policy }, index) =>
      compile({ name, policy, type: 'endpoint', path: `endpointPolicies[${index}].policy` }),
    ),
    managementAccount: bundle.managementAccount,
  }
  const world = {
    bundle,
    candidates: bundle.principals.map((_, index) => candidateOf(bundle, index, organization, compile)),
    resources: resourcesOf(bundle, compile),
    organization,
    assumptions: compileAssumptions(bundle.assume ?? {}),
  }
  const statements = [...compiled()].flatMap((policy) => (policy as StatementIndex).statements)
  const keys = [...keysIn(statements), ...askedKeys(bundle)]
  return { ...world, keyTypes: await keyTypesOf(keys), catalogueVersion: await catalogueVersion() }
}

/** Condition keys that the invariants ask about. */
export function askedKeys({ invariants }: ProofBundle): readonly string[] {
  return invariants.flatMap((one) => ('when' in one && one.when ? Object.values(one.when).flatMap(Object.keys) : []))
}

/** Types of the keys of all conditions and policy variables. */
async function keyTypesOf(keys: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const types = new Map<string, string>()
  for (const key of new Set([...keys].map(lower))) {
    const type = await conditionKeyType(key)
    if (type !== undefined) types.set(key, type)
  }
  return types
}

interface Source {
  name: string
  policy: PolicyDocument
  type: PolicyType
  path: string
}

type Compile = (source: Source) => CompiledPolicy

/** Compiles equal documents once, so that principals with the same policies are the same to the search. */
function sharing(): { compile: Compile; compiled: () => Iterable<CompiledPolicy> } {
  const known = new Map<string, CompiledPolicy>()
  const compile: Compile = ({ name, policy, type, path }) => {
    const key = JSON.stringify([type, name, policy])
    const compiled = known.get(key) ?? compileAt(path, () => compilePolicy(policy, { name, type }))
    known.set(key, compiled)
    return compiled
  }
  return { compile, compiled: () => known.values() }
}

function compileAt(path: string, compile: () => CompiledPolicy): CompiledPolicy {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const message = error.path ? error.message.slice(`${error.path}: `.length) : error.message
    throw new PolicyError(error.code, error.path ? `${path}.${error.path}` : path, message)
  }
}

function levels(
  bundle: ProofBundle,
  field: 'serviceControlPolicies' | 'resourceControlPolicies',
  compile: Compile,
): NamedPolicies[] | undefined {
  const type = field === 'serviceControlPolicies' ? 'scp' : 'rcp'
  return bundle[field]?.map(({ level, policies }: OrganizationLevel, at) => ({
    level,
    policies: policies.map(({ name, policy }, index) =>
      compile({ name, policy, type, path: `${field}[${at}].policies[${index}].policy` }),
    ),
  }))
}

function candidateOf(
  { principals }: ProofBundle,
  index: number,
  organization: World['organization'],
  compile: Compile,
): Candidate {
  const { arn, tags = {}, identityPolicies, permissionsBoundary } = principals[index]!
  const path = `principals[${index}]`
  const identity = identityPolicies.map(({ name, policy }, at) =>
    compile({ name, policy, type: 'identity', path: `${path}.identityPolicies[${at}].policy` }),
  )
  const boundary = permissionsBoundary && {
    ...permissionsBoundary,
    type: 'boundary' as const,
    path: `${path}.permissionsBoundary.policy`,
  }
  return {
    arn,
    tags,
    policies: {
      ...organization,
      identityPolicies: identity,
      permissionsBoundaries: boundary ? [compile(boundary)] : undefined,
    },
    steps: [],
  }
}

/** Listed resources and the roles of listed principals, whose trust policy is their resource policy. */
function resourcesOf({ resources, principals }: ProofBundle, compile: Compile): WorldResource[] {
  const attached = (name: string, policy: PolicyDocument | null | undefined, path: string) =>
    policy ? compile({ name, policy, type: 'resource', path }) : undefined
  const listed = new Map<string, WorldResource>()
  for (const [index, { arn, tags = {}, trustPolicy }] of principals.entries()) {
    if (!arn.includes(':role/')) continue
    const trust = attached(`trust policy of ${arn}`, trustPolicy, `principals[${index}].trustPolicy`)
    listed.set(arn, { arn, tags, resourcePolicy: trust, role: undefined })
  }
  for (const [index, { arn, tags, resourcePolicy, role }] of resources.entries()) {
    const known = listed.get(arn)
    const policy = attached(`policy of ${arn}`, resourcePolicy, `resources[${index}].resourcePolicy`)
    listed.set(arn, {
      arn,
      tags: tags ?? known?.tags ?? {},
      resourcePolicy: policy ?? known?.resourcePolicy,
      role: role ?? undefined,
    })
  }
  return [...listed.values()]
}
