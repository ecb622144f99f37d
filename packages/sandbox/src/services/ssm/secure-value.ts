import type { DecryptResponse, EncryptResponse, GenerateDataKeyResponse } from '@aws-sdk/client-kms'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { openWithDataKey, sealWithDataKey } from '../envelope.ts'
import type { ParameterRow, VersionRow } from './state.ts'

const defaultKey = 'alias/aws/ssm'

/** Standard values are encrypted by KMS itself, advanced ones in an envelope (Systems Manager User Guide, "AWS KMS encryption for SecureString parameters"). */
export async function sealParameter(
  call: Call,
  parameter: Pick<ParameterRow, 'arn' | 'region'>,
  tier: VersionRow['tier'],
  keyId: string | undefined,
  text: string,
): Promise<Pick<VersionRow, 'value' | 'dataKey' | 'keyId'>> {
  const KeyId = keyId ?? defaultKey
  const named = { KeyId, EncryptionContext: { PARAMETER_ARN: parameter.arn } }
  if (tier === 'Standard') {
    const { CiphertextBlob } = await callKms<EncryptResponse>(call, parameter, 'Encrypt', {
      ...named,
      Plaintext: Buffer.from(text),
    })
    return { value: base64(CiphertextBlob), keyId: KeyId }
  }
  const { CiphertextBlob, Plaintext } = await callKms<GenerateDataKeyResponse>(call, parameter, 'GenerateDataKey', {
    ...named,
    KeySpec: 'AES_256',
  })
  const sealed = sealWithDataKey(Plaintext ?? new Uint8Array(), Buffer.from(text))
  return { value: base64(sealed), dataKey: base64(CiphertextBlob), keyId: KeyId }
}

/** The text of a SecureString, decrypted as the caller. */
export async function openParameterValue(call: Call, parameter: ParameterRow, version: VersionRow): Promise<string> {
  const { Plaintext } = await callKms<DecryptResponse>(call, parameter, 'Decrypt', {
    CiphertextBlob: Buffer.from(version.dataKey ?? version.value, 'base64'),
    EncryptionContext: { PARAMETER_ARN: parameter.arn },
  })
  const bytes = Buffer.from(Plaintext ?? [])
  if (version.dataKey === undefined) return bytes.toString()
  return openWithDataKey(bytes, Buffer.from(version.value, 'base64')).toString()
}

function base64(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64')
}

/** KMS as the caller, through Systems Manager; all but a refusal is a fault of the key. */
async function callKms<Output>(
  call: Call,
  { region }: Pick<ParameterRow, 'region'>,
  operation: string,
  input: object,
): Promise<Output> {
  try {
    return await call.invoke<Output>('kms', operation, input, { via: `ssm.${region}.amazonaws.com`, region })
  } catch (error) {
    if (!(error instanceof AwsError) || /^AccessDenied/.test(error.code)) throw error
    throw new AwsError('InvalidKeyId', error.message)
  }
}
