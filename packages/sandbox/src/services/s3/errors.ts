import { AwsError } from '../../kernel/aws-error.ts'

/** Codes, statuses and messages of the Amazon S3 API Reference, "Error responses", as S3 answers them. */
const error = (code: string, message: string, status: number, details: Record<string, unknown> = {}) =>
  new AwsError(code, message, status, details)

export const noSuchBucket = (bucket: string) =>
  error('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket })

export const noSuchKey = (key: string) => error('NoSuchKey', 'The specified key does not exist.', 404, { Key: key })

export const noSuchVersion = (key: string, versionId: string) =>
  error('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key, VersionId: versionId })

export const noSuchUpload = (uploadId: string) =>
  error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId: uploadId },
  )

export const accessDenied = (message = 'Access Denied') => error('AccessDenied', message, 403)

export const invalidArgument = (message: string, name?: string, value?: unknown) =>
  error('InvalidArgument', message, 400, name === undefined ? {} : { ArgumentName: name, ArgumentValue: value ?? '' })

export const invalidRequest = (message: string) => error('InvalidRequest', message, 400)

export const malformedXml = () =>
  error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  )

export const malformedPolicy = (message: string) => error('MalformedPolicy', message, 400)

export const preconditionFailed = (condition: string) =>
  error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  })

/** A 304 has no body; the code serves clients that read it from the status. */
export const notModified = () => error('NotModified', 'Not Modified', 304)

export const invalidRange = (range: string, size: number) =>
  error('InvalidRange', 'The requested range is not satisfiable', 416, {
    RangeRequested: range,
    ActualObjectSize: size,
  })

export const methodNotAllowed = (resourceType: string, method: string) =>
  error('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    Method: method,
    ResourceType: resourceType,
  })

export const badDigest = (algorithm: string) =>
  error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`, 400)

export const invalidDigest = () => error('InvalidDigest', 'The Content-MD5 you specified is not valid.', 400)

export const keyTooLong = (bytes: number) =>
  error('KeyTooLongError', 'Your key is too long', 400, { Size: bytes, MaxSizeAllowed: 1024 })

export const notImplemented = (header: string) =>
  error('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {
    Header: header,
  })

export const aclNotSupported = () => error('AccessControlListNotSupported', 'The bucket does not allow ACLs', 400)

export const invalidBucketState = (message: string) => error('InvalidBucketState', message, 409)

/** The answer to a sub-resource that was never set. */
export const notConfigured = (code: string, message: string, bucket: string) =>
  error(code, message, 404, { BucketName: bucket })
