import { AwsError } from '../kernel/aws-error.ts'
import type { Model } from './model.ts'

/** Faults that any service can answer; each protocol family has its own code and status for them. */
export type CommonFault =
  | 'accessDenied'
  | 'missingAuthentication'
  | 'unknownAccessKey'
  | 'badSignature'
  | 'incompleteSignature'
  | 'clockSkew'
  | 'expiredToken'
  | 'invalidToken'
  | 'requestExpired'
  | 'payloadMismatch'
  | 'invalidInput'
  | 'unknownOperation'
  | 'missingAction'
  | 'throttled'
  | 'tooLarge'

type Family = 'json' | 'rest-json' | 'query' | 'ec2' | 's3'

/**
 * [code, HTTP status]. Sources: "Common Errors" of each API reference (IAM, SageMaker, KMS), Amazon EC2
 * "Error codes for the Amazon EC2 API", Amazon S3 "Error responses".
 */
const codes: Record<Family, Record<CommonFault, readonly [string, number]>> = {
  json: {
    accessDenied: ['AccessDeniedException', 400],
    missingAuthentication: ['MissingAuthenticationTokenException', 400],
    unknownAccessKey: ['UnrecognizedClientException', 400],
    badSignature: ['InvalidSignatureException', 400],
    incompleteSignature: ['IncompleteSignatureException', 400],
    clockSkew: ['InvalidSignatureException', 400],
    expiredToken: ['ExpiredTokenException', 400],
    invalidToken: ['UnrecognizedClientException', 400],
    requestExpired: ['InvalidSignatureException', 400],
    payloadMismatch: ['InvalidSignatureException', 400],
    invalidInput: ['ValidationException', 400],
    unknownOperation: ['UnknownOperationException', 400],
    missingAction: ['UnknownOperationException', 400],
    throttled: ['ThrottlingException', 400],
    tooLarge: ['RequestEntityTooLarge', 413],
  },
  'rest-json': {
    accessDenied: ['AccessDeniedException', 403],
    missingAuthentication: ['MissingAuthenticationTokenException', 403],
    unknownAccessKey: ['UnrecognizedClientException', 403],
    badSignature: ['InvalidSignatureException', 403],
    incompleteSignature: ['IncompleteSignatureException', 403],
    clockSkew: ['InvalidSignatureException', 403],
    expiredToken: ['ExpiredTokenException', 403],
    invalidToken: ['UnrecognizedClientException', 403],
    requestExpired: ['InvalidSignatureException', 403],
    payloadMismatch: ['InvalidSignatureException', 403],
    invalidInput: ['ValidationException', 400],
    unknownOperation: ['UnknownOperationException', 404],
    missingAction: ['UnknownOperationException', 404],
    throttled: ['ThrottlingException', 429],
    tooLarge: ['RequestEntityTooLarge', 413],
  },
  query: {
    accessDenied: ['AccessDenied', 403],
    missingAuthentication: ['MissingAuthenticationToken', 403],
    unknownAccessKey: ['InvalidClientTokenId', 403],
    badSignature: ['SignatureDoesNotMatch', 403],
    incompleteSignature: ['IncompleteSignature', 400],
    clockSkew: ['SignatureDoesNotMatch', 403],
    expiredToken: ['ExpiredToken', 403],
    invalidToken: ['InvalidClientTokenId', 403],
    requestExpired: ['RequestExpired', 400],
    payloadMismatch: ['SignatureDoesNotMatch', 403],
    invalidInput: ['ValidationError', 400],
    unknownOperation: ['InvalidAction', 400],
    missingAction: ['MissingAction', 400],
    throttled: ['Throttling', 400],
    tooLarge: ['RequestEntityTooLarge', 413],
  },
  ec2: {
    accessDenied: ['UnauthorizedOperation', 403],
    missingAuthentication: ['MissingAuthenticationToken', 403],
    unknownAccessKey: ['AuthFailure', 401],
    badSignature: ['AuthFailure', 401],
    incompleteSignature: ['AuthFailure', 401],
    clockSkew: ['RequestExpired', 400],
    expiredToken: ['RequestExpired', 400],
    invalidToken: ['AuthFailure', 401],
    requestExpired: ['RequestExpired', 400],
    payloadMismatch: ['AuthFailure', 401],
    invalidInput: ['InvalidParameterValue', 400],
    unknownOperation: ['InvalidAction', 400],
    missingAction: ['MissingAction', 400],
    throttled: ['RequestLimitExceeded', 503],
    tooLarge: ['RequestEntityTooLarge', 413],
  },
  s3: {
    accessDenied: ['AccessDenied', 403],
    missingAuthentication: ['AccessDenied', 403],
    unknownAccessKey: ['InvalidAccessKeyId', 403],
    badSignature: ['SignatureDoesNotMatch', 403],
    incompleteSignature: ['AuthorizationHeaderMalformed', 400],
    clockSkew: ['RequestTimeTooSkewed', 403],
    expiredToken: ['ExpiredToken', 400],
    invalidToken: ['InvalidToken', 400],
    requestExpired: ['AccessDenied', 403],
    payloadMismatch: ['XAmzContentSHA256Mismatch', 400],
    invalidInput: ['InvalidArgument', 400],
    unknownOperation: ['MethodNotAllowed', 405],
    missingAction: ['MethodNotAllowed', 405],
    throttled: ['SlowDown', 503],
    tooLarge: ['EntityTooLarge', 400],
  },
}

/** Services whose validation errors have another code than their protocol's (their API references, "Errors"). */
const invalidInput: Record<string, string> = {
  organizations: 'InvalidInputException',
  logs: 'InvalidParameterException',
  secretsmanager: 'InvalidParameterException',
  tagging: 'InvalidParameterException',
  budgets: 'InvalidParameterException',
  sqs: 'InvalidParameterValue',
}

export function commonError(
  model: Pick<Model, 'name' | 'protocols'>,
  fault: CommonFault,
  message: string,
  details: Record<string, unknown> = {},
): AwsError {
  const [code, status] = codes[familyOf(model)][fault]
  const own = fault === 'invalidInput' ? invalidInput[model.name] : undefined
  return new AwsError(own ?? code, message, status, details)
}

function familyOf(model: Pick<Model, 'name' | 'protocols'>): Family {
  if (model.name === 's3') return 's3'
  if (model.protocols.includes('ec2')) return 'ec2'
  if (model.protocols.includes('json') || model.protocols.includes('smithy-rpc-v2-cbor')) return 'json'
  return model.protocols.includes('rest-json') ? 'rest-json' : 'query'
}
