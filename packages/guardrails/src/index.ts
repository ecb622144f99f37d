export { parseAccountSpec } from './account-spec/account-spec.ts'
export { AccountSpecError } from './account-spec/values.ts'
export { type Bootstrap, renderBootstrap } from './bootstrap/bootstrap.ts'
export { renderOrganizationBootstrap } from './bootstrap/organization.ts'
export { markerName } from './bootstrap/read.ts'
export { type BundleAdditions, invariantsOf, proofBundle } from './bundle/proof-bundle.ts'
export { catalogue, controlById, controlOfSid } from './catalogue.ts'
export {
  compileAccount,
  compileDataSource,
  compileEndpoint,
  compileOrganization,
  compileProject,
  dataSourcePlace,
} from './compile.ts'
export { type CompiledFile, compileAll } from './compile-all.ts'
export type { Compiled } from './compiled.ts'
export type { Category, Control, ControlSummary, Enforcement, Place, PlacedStatement } from './control.ts'
export { approvedInstanceTypes, maxRuntimeSeconds } from './controls/cost-1-limits.ts'
export { backupsOf, compileDetective, type Detective } from './detect/compile-detective.ts'
export { PolicyTooLarge } from './document.ts'
export { counterexampleInWords, invariantInWords } from './in-words.ts'
export type { Mutant } from './mutate/mutants.ts'
export { mutateProfile } from './mutate/mutate-profile.ts'
export {
  type BootstrapRole,
  bootstrapRoleArn,
  boundaryArn,
  budgetStopRoleArn,
  dataBucketName,
  endpointName,
  managedTag,
  modelPackageGroupName,
  type ProjectRole,
  projectLogGroup,
  projectPrefix,
  projectRoleArn,
  projectRoleName,
  projectTag,
  secretsPath,
  trailBucketName,
  trainingJobPrefix,
  uploadPrefix,
} from './names.ts'
export { patternsOverlap } from './overlap.ts'
export type {
  AccountParams,
  BootstrapParams,
  DataSourceParams,
  EndpointParams,
  Network,
  OrganizationBootstrapParams,
  OrganizationParams,
  Profile,
  ProjectParams,
} from './params.ts'
export {
  listSessionPolicy,
  lookAboveSessionPolicy,
  mintSessionPolicy,
  probeSessionPolicy,
  type RunScope,
  sessionPolicyFor,
  uploadSessionPolicy,
} from './session-policy.ts'
export { splunkVariable } from './splunk/forwarding.ts'
