/** Codes of the checks, named as in IAM User Guide, "IAM Access Analyzer policy check reference", where it has one. */
export type PolicyErrorCode =
  | 'JSON_SYNTAX_ERROR'
  | 'DATA_TYPE_MISMATCH'
  | 'INVALID_POLICY_ELEMENT'
  | 'INVALID_VERSION'
  | 'MISSING_STATEMENT'
  | 'UNIQUE_SIDS_REQUIRED'
  | 'UNSUPPORTED_SID'
  | 'MISSING_EFFECT'
  | 'INVALID_EFFECT'
  | 'MISSING_ACTION'
  | 'INVALID_ACTION'
  | 'MISSING_RESOURCE'
  | 'INVALID_ARN_PREFIX'
  | 'MISSING_PRINCIPAL'
  | 'UNSUPPORTED_PRINCIPAL'
  | 'INVALID_PRINCIPAL_KEY'
  | 'INVALID_PRINCIPAL_FORMAT'
  | 'UNSUPPORTED_WILDCARD_IN_PRINCIPAL'
  | 'UNSUPPORTED_ELEMENT_COMBINATION'
  | 'INVALID_CONDITION_OPERATOR'
  | 'INVALID_CONDITION_KEY_FORMAT'
  | 'DUPLICATE_KEYS_WITH_DIFFERENT_CASE'
  | 'NULL_WITH_IF_EXISTS'
  | 'MISSING_BRACE_IN_VARIABLE'
  | 'MISSING_QUOTE_IN_VARIABLE'
  | 'EMPTY_VARIABLE'

/** A policy document that AWS would not store. `path` says where: `Statement[0].Condition.StringEquals`. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly code: PolicyErrorCode
  readonly path: string

  constructor(code: PolicyErrorCode, path: string, message: string) {
    super(path ? `${path}: ${message}` : message)
    this.code = code
    this.path = path
  }
}
