export type { Decision, PolicyType, Reason, Verdict } from './evaluate/decision.ts'
export type {
  AuthorizationRequest,
  ContextValue,
  KmsGrant,
  NamedPolicies,
  PolicySet,
  RequestContext,
} from './evaluate/request.ts'
export type { CompiledPolicy } from './policy/compile.ts'
export type { ConditionValue, PolicyDocument, PolicyPrincipal, PolicyStatement } from './policy/document.ts'
