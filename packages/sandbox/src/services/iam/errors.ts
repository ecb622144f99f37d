import { AwsError } from '../../kernel/aws-error.ts'

/** Errors of IAM (IAM API Reference); its messages are what clients and Terraform show. */

export const noSuchEntity = (message: string) => new AwsError('NoSuchEntity', message, 404)
export const alreadyExists = (message: string) => new AwsError('EntityAlreadyExists', message, 409)
export const deleteConflict = (message: string) => new AwsError('DeleteConflict', message, 409)
export const limitExceeded = (message: string) => new AwsError('LimitExceeded', message, 409)
export const malformedPolicy = (message: string) => new AwsError('MalformedPolicyDocument', message, 400)
export const invalidInput = (message: string) => new AwsError('InvalidInput', message, 400)
export const validationError = (message: string) => new AwsError('ValidationError', message, 400)

export const noSuchPolicy = (arn: string) => noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
