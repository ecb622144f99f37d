import {
  type Counterexample,
  compilePolicy,
  evaluate,
  type NamedDocument,
  type PolicyDocument,
  type PolicySet,
  type ProofBundle,
  type ProofPrincipal,
  type ProofRequest,
} from '@uais/iam'

type Way = ProofRequest & Partial<Pick<Counterexample, 'steps'>>

/**
 * The principals of a bundle who could go the same way, by the evaluator that the proof is decided with: who could send
 * all that the first one sends. What comes after, as somebody else, is the same for all of them.
 */
export function whoElse(bundle: ProofBundle, { steps = [], ...act }: Way): string[] {
  const first = (steps[0] ?? act).principal
  const requests = [...steps, act].filter(({ principal }) => principal === first)
  const above = aboveOf(bundle)
  return bundle.principals
    .filter((principal) => requests.every((request) => couldSend(bundle, principal, request, above)))
    .map(({ arn }) => arn)
}

function couldSend(
  bundle: ProofBundle,
  principal: ProofPrincipal,
  request: ProofRequest,
  above: Partial<PolicySet>,
): boolean {
  const on = policyOn(bundle, request.resource)
  // Whom a role trusts that is not listed is not known.
  if (!on && request.action.startsWith('sts:') && request.resource.includes(':role/')) return false
  const resourcePolicy = on && compilePolicy(on, { name: request.resource, type: 'resource' as const })
  const { decision } = evaluate(
    {
      principal: principal.arn,
      action: request.action,
      resource: { arn: request.resource, accountId: request.resource.split(':')[4] || bundle.account },
      context: { ...request.context, ...ownKeys(principal, bundle) },
    },
    { ...policiesOf(principal), ...above, ...(resourcePolicy ? { resourcePolicy } : {}) },
  )
  return decision === 'Allowed'
}

/** The policy of a listed resource, or whom a listed role trusts. */
const policyOn = ({ resources, principals }: ProofBundle, arn: string): PolicyDocument | null | undefined =>
  resources.find((one) => one.arn === arn)?.resourcePolicy ?? principals.find((one) => one.arn === arn)?.trustPolicy

/** What AWS says of the caller in each request, whatever the caller says. */
const ownKeys = (principal: ProofPrincipal, bundle: ProofBundle) => ({
  'aws:PrincipalArn': principal.arn,
  'aws:PrincipalAccount': bundle.account,
  ...Object.fromEntries(Object.entries(principal.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
})

function policiesOf({ identityPolicies, permissionsBoundary }: ProofPrincipal): PolicySet {
  return {
    identityPolicies: identityPolicies.map((one) => compile(one, 'identity')),
    ...(permissionsBoundary ? { permissionsBoundaries: [compile(permissionsBoundary, 'identity')] } : {}),
  }
}

function aboveOf({ serviceControlPolicies: scps, resourceControlPolicies: rcps }: ProofBundle): Partial<PolicySet> {
  const compiled = (levels: NonNullable<typeof scps>, type: 'scp' | 'rcp') =>
    levels.map(({ level, policies }) => ({ level, policies: policies.map((one) => compile(one, type)) }))
  return {
    ...(scps ? { serviceControlPolicies: compiled(scps, 'scp') } : {}),
    ...(rcps ? { resourceControlPolicies: compiled(rcps, 'rcp') } : {}),
  }
}

const compile = ({ name, policy }: NamedDocument, type: 'identity' | 'scp' | 'rcp') =>
  compilePolicy(policy, { name, type })
