import { AwsError } from '../../kernel/aws-error.ts'
import { validation } from './errors.ts'

const maxDepth = 15

/** Systems Manager User Guide, "Requirements and constraints for parameter names". */
export function demandParameterName(name: string): void {
  if (/^\/?(aws|ssm)/i.test(name)) {
    if (/^\/?aws/i.test(name))
      throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`)
    throw malformed('can\'t be prefixed with "ssm" (case-insensitive)')
  }
  if (!/^(\/?[A-Za-z0-9_.-]+|(\/[A-Za-z0-9_.-]+)+)$/.test(name))
    throw malformed(
      name.includes('/') && !name.startsWith('/')
        ? 'must be a fully qualified name'
        : 'is formed of characters that are not allowed',
    )
  if (name.split('/').length - 1 > maxDepth)
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `Hierarchies can have a maximum of ${maxDepth} levels. To use this name, shorten its path.`,
    )
}

function malformed(why: string) {
  return validation(
    `Parameter name: ${why}. If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
  )
}
