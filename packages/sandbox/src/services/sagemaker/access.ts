import type { Tag } from '@aws-sdk/client-sagemaker'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { tagsOf } from './tag-store.ts'

type Context = NonNullable<AccessCheck['context']>

/** May the caller do `action` on an existing (or missing) resource? Its tags count under both spellings. */
export function onResource(call: Call, action: string, arn: string, context: Context = {}): AccessCheck {
  const tags = tagsOf(call, arn)
  return {
    action: `sagemaker:${action}`,
    resource: arn,
    resourceAccount: call.account,
    resourceTags: tags,
    context: { ...resourceTagKeys(tags), ...context },
  }
}

/** For actions without a resource type: lists, Search, QueryLineage. */
export function onAnything(call: Call, action: string): AccessCheck {
  return { action: `sagemaker:${action}`, resource: '*', resourceAccount: call.account }
}

export interface Creation {
  action: string
  arn: string
  tags?: readonly Tag[] | undefined
  context?: Context
}

/**
 * May the caller create this? With tags it also takes sagemaker:AddTags on the new resource, where
 * sagemaker:TaggingAction names the creating call (SageMaker AI Developer Guide, "Custom tags" and
 * "Provide permissions for tagging"; Service Authorization Reference, sagemaker:TaggingAction).
 */
export function onCreation(call: Call, { action, arn, tags, context = {} }: Creation): AccessCheck[] {
  const requestTags = tagMap(tags)
  const resource = { resource: arn, resourceAccount: call.account, requestTags }
  const create: AccessCheck = { action: `sagemaker:${action}`, ...resource, context }
  if (!tags?.length) return [create]
  return [create, { action: 'sagemaker:AddTags', ...resource, context: { 'sagemaker:TaggingAction': action } }]
}

/** Condition keys `sagemaker:ResourceTag/*`; the kernel adds `aws:ResourceTag/*`. */
function resourceTagKeys(tags: Record<string, string> | undefined): Context {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`sagemaker:ResourceTag/${key}`, value]))
}
