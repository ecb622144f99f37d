import type { PolicyError, PolicyErrorCode } from '@uais/iam'

const notPrefaced = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'

/** What IAM says of the commoner faults, of all others "Syntax errors in policy." (IAM User Guide, "Troubleshoot IAM policies"). */
const words: Partial<Record<PolicyErrorCode, string | ((path: string, message: string) => string)>> = {
  JSON_SYNTAX_ERROR: 'This policy contains invalid Json',
  INVALID_VERSION: 'The policy must contain a valid version string',
  MISSING_ACTION: 'Policy statement must contain actions.',
  INVALID_ACTION: (_path, message) =>
    message.includes('is not of the form') ? 'Actions/Condition can contain only one colon.' : notPrefaced,
  INVALID_CONDITION_KEY_FORMAT: notPrefaced,
  MISSING_RESOURCE: 'Policy statement must contain resources.',
  INVALID_ARN_PREFIX: (path, message) => message.slice(path.length + 2),
  UNIQUE_SIDS_REQUIRED: 'Statement IDs (SID) in a single policy must be unique.',
  UNSUPPORTED_PRINCIPAL: 'Policy document should not specify a principal.',
  INVALID_PRINCIPAL_FORMAT: (path, message) => message.slice(path.length + 2),
}

/** A fault of a policy document in IAM's own words. */
export function policyFault({ code, path, message }: PolicyError): string {
  const said = words[code] ?? 'Syntax errors in policy.'
  return typeof said === 'string' ? said : said(path, message)
}
