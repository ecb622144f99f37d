import type { CreateGrantResponse } from '@aws-sdk/client-kms'
import type { Call } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { isDenied } from './errors.ts'

/** What an encrypted volume takes (AWS KMS Developer Guide, "How Amazon EBS uses AWS KMS"), and to end the grant. */
const operations = ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'RetireGrant']

export interface VolumeGrant {
  keyId: string
  grantId: string
}

/**
 * Grants the execution role the use of a volume's key: as the role, or else as the caller (SageMaker AI Developer
 * Guide, "API permissions reference": kms:CreateGrant of the caller is needed where the role may not).
 */
export async function grantVolumeKey(
  call: Call,
  { keyId, roleArn, session }: { keyId: string | undefined; roleArn: string; session: Principal },
): Promise<VolumeGrant | undefined> {
  if (!keyId) return undefined
  const input = { KeyId: keyId, GranteePrincipal: roleArn, Operations: operations }
  const via = `sagemaker.${call.region}.amazonaws.com`
  const create = (principal: Principal) =>
    call.invoke<CreateGrantResponse>('kms', 'CreateGrant', input, { principal, via })
  const grant = await create(session).catch((error: unknown) => {
    if (!isDenied(error)) throw error
    return create(call.principal)
  })
  return { keyId, grantId: grant.GrantId ?? '' }
}

/** The volume is gone: its grant goes, by the right that the grant itself gives. */
export async function retireVolumeGrant(call: Call, grant: VolumeGrant | undefined, session: Principal): Promise<void> {
  if (!grant) return
  const input = { KeyId: grant.keyId, GrantId: grant.grantId }
  const as = { principal: session, via: `sagemaker.${call.region}.amazonaws.com` }
  await call.invoke('kms', 'RetireGrant', input, as).catch((error: unknown) => {
    // A key that its owner disabled keeps the grant; that is no fault of the job.
    if (
      !isDenied(error) &&
      !/^(KMSInvalidState|NotFound|Disabled|InvalidGrant)/.test((error as { code?: string }).code ?? '')
    )
      throw error
  })
}

/**
 * What CreateDomain does with a customer's key for the file system: it must see it, hold a grant, and make and open
 * a volume key (SageMaker AI Developer Guide, "API permissions reference", CreateDomain), all as the caller.
 */
export async function useDomainKey(call: Call, keyId: string): Promise<void> {
  const as = { via: `sagemaker.${call.region}.amazonaws.com` }
  await call.invoke('kms', 'DescribeKey', { KeyId: keyId }, as)
  const grantee = `elasticfilesystem.${call.region}.amazonaws.com`
  await call.invoke('kms', 'CreateGrant', { KeyId: keyId, GranteePrincipal: grantee, Operations: operations }, as)
  const volumeKey = await call.invoke<{ CiphertextBlob: Uint8Array }>(
    'kms',
    'GenerateDataKeyWithoutPlaintext',
    { KeyId: keyId, NumberOfBytes: 64 },
    as,
  )
  await call.invoke('kms', 'Decrypt', { KeyId: keyId, CiphertextBlob: volumeKey.CiphertextBlob }, as)
}
