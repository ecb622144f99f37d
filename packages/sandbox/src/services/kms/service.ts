import type { Service } from '../../kernel/service.ts'
import { createAlias, deleteAlias, listAliases, updateAlias } from './alias.ts'
import { createGrant } from './create-grant.ts'
import { createKey } from './create-key.ts'
import { decrypt } from './decrypt.ts'
import { describeKey } from './describe-key.ts'
import { encrypt } from './encrypt.ts'
import { retireGrant, revokeGrant } from './end-grant.ts'
import { generateDataKey, generateDataKeyWithoutPlaintext } from './generate-data-key.ts'
import { generateRandom } from './generate-random.ts'
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './key-policy.ts'
import {
  disableKeyRotation,
  enableKeyRotation,
  getKeyRotationStatus,
  listKeyRotations,
  rotateKeyOnDemand,
} from './key-rotation.ts'
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion } from './key-state.ts'
import { listResourceTags, tagResource, untagResource } from './key-tags.ts'
import { listGrants, listRetirableGrants } from './list-grants.ts'
import { listKeys } from './list-keys.ts'
import { reEncrypt } from './re-encrypt.ts'
import { keys } from './state.ts'
import { updateKeyDescription } from './update-key-description.ts'

export const service: Service = {
  name: 'kms',
  model: 'kms',
  scope: 'region',
  operations: [
    createKey,
    describeKey,
    listKeys,
    enableKey,
    disableKey,
    scheduleKeyDeletion,
    cancelKeyDeletion,
    updateKeyDescription,
    getKeyPolicy,
    putKeyPolicy,
    listKeyPolicies,
    getKeyRotationStatus,
    enableKeyRotation,
    disableKeyRotation,
    rotateKeyOnDemand,
    listKeyRotations,
    listResourceTags,
    tagResource,
    untagResource,
    createAlias,
    updateAlias,
    deleteAlias,
    listAliases,
    encrypt,
    decrypt,
    reEncrypt,
    generateDataKey,
    generateDataKeyWithoutPlaintext,
    generateRandom,
    createGrant,
    listGrants,
    listRetirableGrants,
    retireGrant,
    revokeGrant,
  ],
  tagged: (call) => [...keys(call).values()],
}
