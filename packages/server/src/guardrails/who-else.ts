import {
  compilePolicy,
  evaluate,
  type NamedDocument,
  type PolicySet,
  type ProofBundle,
  type ProofPrincipal,
  type ProofRequest,
} from '@uais/iam'

/** The principals of a bundle who could send the same request, by the evaluator that the proof is decided with. */
export function whoElse(bundle: ProofBundle, request: ProofRequest): string[] {
  const resource = bundle.resources.find(({ arn }) => arn === request.resource)
  const above = levelsOf(bundle)
  const resourcePolicy = resource?.resourcePolicy
    ? { resourcePolicy: compilePolicy(resource.resourcePolicy, { name: resource.arn, type: 'resource' as const }) }
    : {}
  return bundle.principals
    .filter((principal) => {
      const { decision } = evaluate(
        {
          principal: principal.arn,
          action: request.action,
          resource: { arn: request.resource, accountId: request.resource.split(':')[4] || bundle.account },
          context: { ...request.context, ...ownKeys(principal, bundle) },
        },
        { ...policiesOf(principal), ...above, ...resourcePolicy },
      )
      return decision === 'Allowed'
    })
    .map(({ arn }) => arn)
}

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

function levelsOf({ serviceControlPolicies }: ProofBundle): Partial<PolicySet> {
  if (!serviceControlPolicies) return {}
  const levels = serviceControlPolicies.map(({ level, policies }) => ({
    level,
    policies: policies.map((one) => compile(one, 'scp')),
  }))
  return { serviceControlPolicies: levels }
}

const compile = ({ name, policy }: NamedDocument, type: 'identity' | 'scp') => compilePolicy(policy, { name, type })
