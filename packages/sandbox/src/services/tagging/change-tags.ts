import type {
  FailureInfo,
  TagResourcesInput,
  TagResourcesOutput,
  UntagResourcesInput,
  UntagResourcesOutput,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { type TagCall, tagCallsOf } from './dispatch.ts'

/** Needs tag:TagResources and the owning service's own permission; a resource that refuses is reported singly. */
export const tagResources = operation<TagResourcesInput, TagResourcesOutput>({
  name: 'TagResources',
  access: (input) => [{ action: 'tag:TagResources', resource: '*', requestTags: input.Tags }],
  handle: async (input, call) => {
    if (Object.keys(input.Tags ?? {}).some((key) => /^aws:/i.test(key)))
      throw new AwsError('InvalidParameterException', 'Tag keys must not begin with aws:')
    return {
      FailedResourcesMap: await each(input.ResourceARNList, (arn) => tagCallsOf(arn).set(arn, input.Tags!, call), call),
    }
  },
})

export const untagResources = operation<UntagResourcesInput, UntagResourcesOutput>({
  name: 'UntagResources',
  access: (input) => [{ action: 'tag:UntagResources', resource: '*', tagKeys: input.TagKeys }],
  handle: async (input, call) => ({
    FailedResourcesMap: await each(
      input.ResourceARNList,
      (arn) => tagCallsOf(arn).remove(arn, input.TagKeys!, call),
      call,
    ),
  }),
})

async function each(
  arns: readonly string[] | undefined,
  callFor: (arn: string) => TagCall | Promise<TagCall>,
  call: Call,
): Promise<Record<string, FailureInfo>> {
  const failed: Record<string, FailureInfo> = {}
  for (const arn of arns ?? []) {
    try {
      const [operationName, input] = await callFor(arn)
      await call.invoke(tagCallsOf(arn).service, operationName, input, { via: 'tagging.amazonaws.com' })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      failed[arn] = {
        StatusCode: error.status,
        ErrorCode: error.status >= 500 ? 'InternalServiceException' : 'InvalidParameterException',
        ErrorMessage: `${error.code}: ${error.message}`,
      }
    }
  }
  return failed
}
