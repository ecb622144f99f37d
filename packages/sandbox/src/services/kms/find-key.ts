import type { Call } from '../../kernel/operation.ts'
import { invalidArn, noSuchAlias, noSuchKey } from './errors.ts'
import { createManagedKey } from './managed-key.ts'
import { aliases, isGone, type KeyHome, type KeyRow, keys, kmsArn } from './state.ts'

/**
 * The key that a KeyId names: key id, key ARN, alias name or alias ARN. A name of an AWS managed key
 * (`alias/aws/s3`) makes that key on first use (KMS Developer Guide, "AWS managed keys").
 */
export function findKey(call: Call, keyId: string): KeyRow {
  const { home, resource } = locate(call, keyId)
  if (resource.startsWith('alias/')) return keyOfAlias(call, home, resource)
  const id = resource.replace(/^key\//, '')
  const key = keys(call, home).get(id)
  if (!key || isGone(key, call.now)) throw noSuchKey(kmsArn(call, `key/${id}`, home))
  return key
}

function locate(call: Call, keyId: string): { home: KeyHome; resource: string } {
  if (!keyId.startsWith('arn:')) return { home: { account: call.account, region: call.region }, resource: keyId }
  const [, partition, service, region, account, ...rest] = keyId.split(':')
  const resource = rest.join(':')
  const isKey = /^(key|alias)\/.+/.test(resource)
  if (service !== 'kms' || partition !== call.partition || region !== call.region || !account || !isKey)
    throw invalidArn(keyId)
  return { home: { account, region }, resource }
}

function keyOfAlias(call: Call, home: KeyHome, name: string): KeyRow {
  const alias = aliases(call, home).get(name)
  const key = alias && keys(call, home).get(alias.targetKeyId)
  if (key && !isGone(key, call.now)) return key
  const made = home.account === call.account ? createManagedKey(call, name) : undefined
  if (!made) throw noSuchAlias(kmsArn(call, name, home))
  return made
}
