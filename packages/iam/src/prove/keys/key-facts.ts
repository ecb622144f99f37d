import type { CatalogueAction } from '../../catalogue/catalogue.ts'
import { lower } from '../../evaluate/context.ts'

/**
 * Keys that follow from who calls; see `condition/key-reader.ts`. A search never gives them a value: the evaluator does.
 */
const ofCaller = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:username',
])

/**
 * "This key is always included in the request context" (IAM User Guide, "AWS global condition context keys"); of
 * aws:PrincipalTag and the like no such thing is said.
 */
const always = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
  'aws:userid',
  'aws:viaawsservice',
])

/**
 * In a request only when an AWS service principal makes it (same page, "Availability"): the principals of an account
 * never send them.
 */
const ofServicePrincipals = new Set([
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
])

/** Global keys that are in a request only where the action reference lists them for the action. */
const listedByAction = /^aws:(requesttag\/|resourcetag\/|tagkeys$)/

/** Keys of services that are global nevertheless: of the compute whose role calls (same page). */
const crossService = new Set([
  'ec2:roledelivery',
  'ec2:sourceinstancearn',
  'glue:credentialissuingservice',
  'glue:roleassumedby',
  'identitystore:userid',
  'lambda:sourcefunctionarn',
  'ssm:sourceinstancearn',
])

/**
 * Values that the service takes and no other (Amazon SageMaker API Reference, "CreateModelPackage" and "CreateDomain";
 * Amazon S3 API Reference, "PutObject"; Amazon EC2 API Reference, "RunInstances").
 */
const ofService = new Map<string, readonly string[]>([
  ['ec2:metadatahttptokens', ['optional', 'required']],
  ['s3:x-amz-server-side-encryption', ['AES256', 'aws:kms', 'aws:kms:dsse']],
  ['sagemaker:appnetworkaccesstype', ['PublicInternetOnly', 'VpcOnly']],
  ['sagemaker:modelapprovalstatus', ['Approved', 'Rejected', 'PendingManualApproval']],
])

const resourceTag = /^[a-z0-9-]+:resourcetag\/(.+)$/
const principalTag = /^aws:principaltag\/(.+)$/

/** What part of a request a key (in lower case) is about: the caller, the resource, or a value of its own. */
export function subjectOf(key: string): 'principal' | 'resource' | 'context' {
  if (ofCaller.has(key)) return 'principal'
  return key === 'aws:resourceaccount' ? 'resource' : 'context'
}

/** aws:EpochTime is the same instant as aws:CurrentTime: both are one value to a search. */
export function canonicalKey(key: string): string {
  const lowered = lower(key)
  return lowered === 'aws:epochtime' ? 'aws:currenttime' : lowered
}

/** Tag that a `…:ResourceTag/` key (in lower case) reads; tag keys of policies compare without case. */
export function resourceTagOf(key: string): string | undefined {
  return resourceTag.exec(key)?.[1]
}

/** Tag that an aws:PrincipalTag key (in lower case) reads. */
export function principalTagOf(key: string): string | undefined {
  return principalTag.exec(key)?.[1]
}

/** How a request can have a key (in lower case): always, never, or with and without it. */
export function presenceOf(key: string, action: CatalogueAction): 'always' | 'never' | 'maybe' {
  if (always.has(key)) return 'always'
  if (ofServicePrincipals.has(key)) return 'never'
  if (key.startsWith('aws:') && !listedByAction.test(key)) return 'maybe'
  if (crossService.has(key)) return 'maybe'
  return keysOf(action)(key) ? 'maybe' : 'never'
}

const matchers = new WeakMap<CatalogueAction, (key: string) => boolean>()

/** Whether the action reference lists the key for the action or a resource type of it. */
function keysOf(action: CatalogueAction): (key: string) => boolean {
  const known = matchers.get(action)
  if (known) return known
  const listed = [...action.conditionKeys, ...action.resources.flatMap(({ conditionKeys }) => conditionKeys)].map(lower)
  const matcher = keyMatcher(listed)
  matchers.set(action, matcher)
  return matcher
}

/** Keys end in a placeholder where the name is free: `aws:RequestTag/${TagKey}`, `s3:ExistingObjectTag/<key>`. */
function keyMatcher(listed: readonly string[]): (key: string) => boolean {
  const exact = new Set<string>()
  const prefixes: string[] = []
  for (const key of listed) {
    const open = /\$\{|</.exec(key)?.index
    if (open !== undefined) prefixes.push(key.slice(0, open))
    else if (key.endsWith('/')) prefixes.push(key)
    else exact.add(key)
  }
  return (key) => exact.has(key) || prefixes.some((prefix) => key.length > prefix.length && key.startsWith(prefix))
}

/** Values of a key (in lower case) that a request can really have, where the service takes only some. */
export function serviceValuesOf(key: string): readonly string[] {
  return ofService.get(key) ?? []
}
