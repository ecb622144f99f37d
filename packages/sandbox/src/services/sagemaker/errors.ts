import { AwsError } from '../../kernel/aws-error.ts'

/** Codes and words of SageMaker's own answers (Amazon SageMaker AI API Reference, "Common Errors" and per operation). */
export const validation = (message: string) => new AwsError('ValidationException', message, 400)
export const resourceNotFound = (message: string) => new AwsError('ResourceNotFound', message, 400)
export const resourceInUse = (message: string) => new AwsError('ResourceInUse', message, 400)
export const conflict = (message: string) => new AwsError('ConflictException', message, 400)

/** Whether an error is a refusal by IAM or a policy, whatever service said it. */
export function isDenied(error: unknown): error is AwsError {
  return error instanceof AwsError && /^AccessDenied/.test(error.code)
}
