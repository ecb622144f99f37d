import { AwsError } from '../../kernel/aws-error.ts'

/** Codes and messages as AWS Systems Manager answers them (Systems Manager API Reference, "Errors" of each operation). */
export const noSuchParameter = (name: string) => new AwsError('ParameterNotFound', `Parameter ${name} not found.`)

export const noSuchVersion = (name: string, selector: string) =>
  new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
  )

export const parameterExists = () =>
  new AwsError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  )

export const validation = (message: string) => new AwsError('ValidationException', message)

export const typeMismatch = () =>
  new AwsError(
    'HierarchyTypeMismatchException',
    "Parameter Store doesn't support changing a parameter type in a hierarchy. You must create a new, unique parameter.",
  )

export const patternMismatch = (pattern: string) =>
  new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  )

export const invalidResourceId = () =>
  new AwsError(
    'InvalidResourceId',
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
  )
