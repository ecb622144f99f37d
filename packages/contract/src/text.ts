import { z } from 'zod'

/** Field types shared by kinds. Text that people type is plain text: no control characters, bounded length. */
const noControl = /^[\P{Cc}\t\n\r]*$/u

export const shortText = (max = 200) =>
  z.string().trim().min(1).max(max).regex(noControl, 'must not contain control characters')
export const longText = (max = 4000) =>
  z.string().trim().max(max).regex(noControl, 'must not contain control characters')

/** Lower-case DNS-like name: fits S3 prefixes, SageMaker and IAM names once prefixed. */
export const slug = (max = 32) =>
  z
    .string()
    .min(3)
    .max(max)
    .regex(
      /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/,
      'use lower-case letters, digits and single hyphens, starting with a letter',
    )

export const uuid = z.uuid()
export const awsAccountId = z.string().regex(/^\d{12}$/, 'an AWS account id has 12 digits')
export const awsRegion = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'e.g. eu-west-1')
export const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'an IAM role ARN')
export const kmsKeyArn = z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/, 'a KMS key ARN')
export const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'an S3 bucket name')
/** A key prefix: relative, no empty or dot segments, ends with a slash. */
export const keyPrefix = z
  .string()
  .max(512)
  .regex(/^(?:[A-Za-z0-9!_'()*-][A-Za-z0-9!_.'()*-]*\/)+$/, "a relative prefix such as 'claims/2026/', without '..'")
/** One object name inside a prefix. */
export const objectName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_. ()-]*$/, "letters, digits, '_', '-', '.' and spaces; no path separators")
export const instant = z.iso.datetime()
