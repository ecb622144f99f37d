import type * as Iam from '@aws-sdk/client-iam'
import type { Decision, PolicyDocument } from '@uais/iam'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { isPolicyFault, readResourcePolicy } from '../resource-policy.ts'
import { findEntity, roleKind, userKind } from './entity.ts'
import { invalidInput } from './errors.ts'

type Request = Iam.SimulatePrincipalPolicyRequest

/** SimulatePrincipalPolicy: what the evaluator says of the principal's policies, boundary and SCPs. */
export const simulatePrincipalPolicy = operation<Request, Iam.SimulatePolicyResponse>({
  name: 'SimulatePrincipalPolicy',
  access: (input) => [{ action: 'iam:SimulatePrincipalPolicy', resource: input.PolicySourceArn ?? '*' }],
  handle: (input, call) => {
    const principal = principalOf(input.PolicySourceArn ?? '', call)
    const resources = input.ResourceArns?.length ? input.ResourceArns : ['*']
    const context = contextOf(input.ContextEntries)
    const resourcePolicy = resourcePolicyOf(input)
    const results = (input.ActionNames ?? []).flatMap((action) =>
      resources.map((resource) => simulate(call, principal, { action, resource, context, resourcePolicy })),
    )
    return { EvaluationResults: results }
  },
})

/** Members that would change the answer and are not simulated. */
const leftOut = ['PolicyInputList', 'PermissionsBoundaryPolicyInputList', 'PolicyExclusionList', 'CallerArn'] as const

function resourcePolicyOf(input: Request): PolicyDocument | undefined {
  const asked = leftOut.find((name) => input[name] !== undefined)
  if (asked)
    throw new AwsError('NotImplemented', `The sandbox simulates policies as they are attached, without ${asked}.`, 501)
  if (input.ResourcePolicy === undefined) return undefined
  const document = readResourcePolicy(input.ResourcePolicy)
  if (isPolicyFault(document)) throw invalidInput(document.reason)
  return document
}

function principalOf(arn: string, call: Call): Principal {
  const [, kind, path] = /^arn:[^:]+:iam::\d{12}:(role|user)\/(.+)$/.exec(arn) ?? []
  if (kind === undefined || path === undefined)
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`)
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (kind === 'user') {
    const user = findEntity(userKind, { UserName: name }, call)
    const { account, arn: userArn, id: userId } = user
    return { type: 'user', account, userArn, userId, userName: user.name, accessKeyId: '' }
  }
  const role = findEntity(roleKind, { RoleName: name }, call)
  return {
    type: 'role-session',
    account: role.account,
    roleArn: role.arn,
    roleId: role.id,
    sessionName: 'simulation',
    sessionArn: `arn:${call.partition}:sts::${role.account}:assumed-role/${role.name}/simulation`,
    accessKeyId: '',
    sessionPolicies: [],
    sessionTags: {},
    transitiveTagKeys: [],
    issuedAt: call.now.toISOString(),
    expiresAt: call.now.toISOString(),
  }
}

function contextOf(entries: readonly Iam.ContextEntry[] | undefined): NonNullable<AccessCheck['context']> {
  const context: Record<string, string | string[] | undefined> = {}
  for (const { ContextKeyName = '', ContextKeyValues = [], ContextKeyType = 'string' } of entries ?? []) {
    context[ContextKeyName] = ContextKeyType.endsWith('List') ? ContextKeyValues : ContextKeyValues[0]
  }
  return context
}

function simulate(call: Call, principal: Principal, check: AccessCheck): Iam.EvaluationResult {
  const resourceAccount = check.resource.split(':')[4] || call.account
  const decision = call.decide({ ...check, resourceAccount }, principal)
  const types = decision.because.map((reason) => reason.type)
  return {
    EvalActionName: check.action,
    EvalResourceName: check.resource,
    EvalDecision: verdicts[decision.decision],
    MatchedStatements: decision.because
      .filter((reason) => reason.statement >= 0)
      .map((reason) => ({ SourcePolicyId: reason.policy, SourcePolicyType: 'role' as const })),
    MissingContextValues: [],
    OrganizationsDecisionDetail: { AllowedByOrganizations: !types.includes('scp') },
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: !types.includes('boundary') },
  }
}

const verdicts: Record<Decision['decision'], Iam.PolicyEvaluationDecisionType> = {
  Allowed: 'allowed',
  ImplicitlyDenied: 'implicitDeny',
  ExplicitlyDenied: 'explicitDeny',
}
