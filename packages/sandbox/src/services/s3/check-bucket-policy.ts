import type { PolicyDocument, PolicyStatement } from '@uais/iam'
import type { Call } from '../../kernel/operation.ts'
import { isPolicyFault, listOf, principalsExist, readResourcePolicy, statementsOf } from '../resource-policy.ts'
import { malformedPolicy } from './errors.ts'
import { type BucketRow, bucketArn } from './state.ts'

/** 20 KB (S3 User Guide, "Bucket policies"). */
const maxBytes = 20_480

/** Refuses what S3 refuses with MalformedPolicy; returns the document. */
export function checkBucketPolicy(call: Call, bucket: BucketRow, text: string): PolicyDocument {
  if (Buffer.byteLength(text) > maxBytes)
    throw malformedPolicy('Normalized bucket policy document exceeds the maximum allowed size')
  if (!text.trimStart().startsWith('{'))
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'")
  const document = readResourcePolicy(text)
  if (isPolicyFault(document)) throw malformedPolicy(document.reason)
  if (!principalsExist(call, document)) throw malformedPolicy('Invalid principal in policy')
  const arn = bucketArn(call, bucket.name)
  for (const statement of statementsOf(document)) checkStatement(statement, arn)
  return document
}

function checkStatement(statement: PolicyStatement, arn: string): void {
  const actions = listOf(statement.Action ?? statement.NotAction)
  if (actions.length === 0 || !actions.every((action) => /^(\*|s3:[A-Za-z*?]+)$/i.test(action)))
    throw malformedPolicy('Policy has invalid action')
  const resources = listOf(statement.Resource ?? statement.NotResource)
  if (resources.length === 0 || !resources.every((resource) => isOfBucket(resource, arn)))
    throw malformedPolicy('Policy has invalid resource')
  if (statement.Action !== undefined && statement.Resource !== undefined && !someActionApplies(actions, resources, arn))
    throw malformedPolicy('Action does not apply to any resource(s) in statement')
}

/** The bucket's own ARN, or objects in it. */
function isOfBucket(resource: string, arn: string): boolean {
  return resource === '*' || resource === arn || resource === `${arn}*` || resource.startsWith(`${arn}/`)
}

/** Every action named without a wildcard needs a resource of its type. */
function someActionApplies(actions: readonly string[], resources: readonly string[], arn: string): boolean {
  return actions.every((action) => {
    if (/[*?]/.test(action)) return true
    const forObjects = isObjectAction(action)
    return resources.some(
      (resource) => resource === '*' || resource === `${arn}*` || resource.startsWith(`${arn}/`) === forObjects,
    )
  })
}

/** Service Authorization Reference, "Actions defined by Amazon S3": resource type `object`. */
function isObjectAction(action: string): boolean {
  return (
    /^s3:(AbortMultipartUpload|ListMultipartUploadParts|BypassGovernanceRetention|Replicate(Delete|Tags))$/i.test(
      action,
    ) || /^s3:(Get|Put|Delete|Restore|Replicate|Initiate|Update|List)\w*Object(?!Lock)(?!Ownership)/i.test(action)
  )
}
