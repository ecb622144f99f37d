import { AwsError } from '../../kernel/aws-error.ts'

export function noSuchQueue(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')
}

export function invalidAttribute(name: string, reason?: string): AwsError {
  const detail = reason ? ` Reason: ${reason}` : ''
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${detail}`)
}

export function invalidParameter(value: unknown, name: string, reason: string): AwsError {
  return new AwsError('InvalidParameterValue', `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`)
}

export function invalidReceipt(handle: string | undefined): AwsError {
  return new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`)
}
