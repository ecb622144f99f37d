import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { groupArn } from './state.ts'

/**
 * The key's policy must let `logs.REGION.amazonaws.com` use the key for this group (CloudWatch Logs User Guide,
 * "Encrypt log data using AWS KMS"): asked by generating a data key as CloudWatch Logs would.
 */
export async function checkKey(keyArn: string, group: string, call: Call): Promise<void> {
  if (!/^arn:[^:]+:kms:[^:]+:\d{12}:key\//.test(keyArn))
    throw new AwsError('InvalidParameterException', `The KMS key must be named by its ARN: ${keyArn}`)
  const arn = groupArn(call, group)
  const service = `logs.${call.region}.amazonaws.com`
  const input = { KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: { 'aws:logs:arn': arn } }
  try {
    await call.invoke('kms', 'GenerateDataKey', input, {
      principal: { type: 'service', service, sourceAccount: call.account, sourceArn: arn },
      account: call.account,
    })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new AwsError(
      'AccessDeniedException',
      `The specified KMS key does not exist or is not allowed to be used with LogGroup '${arn}'`,
    )
  }
}
