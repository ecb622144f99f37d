import { AwsError } from '../../kernel/aws-error.ts'

/** Codes and messages as AWS KMS answers them (KMS API Reference, "Common Errors" and each operation's errors). */
export const noSuchKey = (arn: string) => new AwsError('NotFoundException', `Key '${arn}' does not exist`)

export const noSuchAlias = (arn: string) => new AwsError('NotFoundException', `Alias ${arn} is not found.`)

export const invalidArn = (arn: string) => new AwsError('NotFoundException', `Invalid arn ${arn}`)

export const keyDisabled = (arn: string) => new AwsError('DisabledException', `${arn} is disabled.`)

export const keyPendingDeletion = (arn: string) =>
  new AwsError('KMSInvalidStateException', `${arn} is pending deletion.`)

export const keyNotPendingDeletion = (arn: string) =>
  new AwsError('KMSInvalidStateException', `${arn} is not pending deletion.`)

/** AWS sends this one without a message, so that a caller learns nothing about why. */
export const invalidCiphertext = () => new AwsError('InvalidCiphertextException', '')

export const incorrectKey = () =>
  new AwsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  )

export const malformedPolicy = (message: string) => new AwsError('MalformedPolicyDocumentException', message)

export const validation = (message: string) => new AwsError('ValidationException', message)

export const aliasExists = (arn: string) =>
  new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`)

export const unsupported = (message: string) => new AwsError('UnsupportedOperationException', message)

export const managedByAws = (arn: string, operation: string) =>
  new AwsError('AccessDeniedException', `${operation} is not allowed on the AWS managed key ${arn}`)

/** What a DryRun answers when the call would have worked. */
export const dryRun = () =>
  new AwsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.', 412)
