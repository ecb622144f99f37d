export { evaluateBatchLine } from './batch/batch-line.ts'
export {
  type AccessLevel,
  type CatalogueAction,
  type CatalogueResource,
  catalogueAction,
  catalogueActions,
  catalogueServices,
  catalogueVersion,
  resourcesMatching,
} from './catalogue/catalogue.ts'
export { normaliseContext } from './evaluate/context.ts'
export type { Decision, PolicyType, Reason, Verdict } from './evaluate/decision.ts'
export { decide, decideWithReasons, evaluate } from './evaluate/evaluate.ts'
export { type Explanation, explain, type StatementReport } from './evaluate/explain.ts'
export type {
  AuthorizationRequest,
  ContextValue,
  KmsGrant,
  NamedPolicies,
  PolicySet,
  RequestContext,
} from './evaluate/request.ts'
export { RequestError } from './evaluate/request-error.ts'
export { type CompiledPolicy, type CompileOptions, compilePolicy } from './policy/compile.ts'
export type { ConditionValue, PolicyDocument, PolicyPrincipal, PolicyStatement } from './policy/document.ts'
export { parsePolicy } from './policy/parse.ts'
export { PolicyError, type PolicyErrorCode } from './policy/policy-error.ts'
export { type PolicySize, policySize, type SizedPolicy, type SizeLimit, sizeLimits } from './policy/size.ts'
export type {
  Ability,
  Assumption,
  Counterexample,
  Invariant,
  NamedDocument,
  OrganizationLevel,
  Prohibition,
  ProofBundle,
  ProofPrincipal,
  ProofReport,
  ProofRequest,
  ProofResource,
  ProofResult,
  ProofScope,
} from './prove/bundle.ts'
export { BundleError } from './prove/bundle-error.ts'
export { actionNames as takeOverActions } from './prove/chains/action-names.ts'
export { prove } from './prove/prove.ts'
