import { AwsError } from '../../kernel/aws-error.ts'

/** Codes and messages as AWS Secrets Manager answers them (Secrets Manager API Reference, "Errors" of each operation). */
export const noSuchSecret = () =>
  new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")

export const noSuchValue = (label: string) =>
  new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${label}`)

export const secretExists = (name: string) =>
  new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`)

export const nameScheduledForDeletion = () =>
  new AwsError(
    'InvalidRequestException',
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  )

export const markedForDeletion = () =>
  new AwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  )

export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message)

export const malformedPolicy = (message: string) => new AwsError('MalformedPolicyDocumentException', message)

export const publicPolicy = () =>
  new AwsError(
    'PublicPolicyException',
    'The resource policy grants broad access to the secret and BlockPublicPolicy is set.',
  )
