import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

/** What ends the key, opens it to others, or takes it from where it is (AWS KMS API Reference). */
const changeKey = [
  'kms:CancelKeyDeletion',
  'kms:DeleteImportedKeyMaterial',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:ImportKeyMaterial',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:RevokeGrant',
  'kms:SynchronizeMultiRegionKey',
  'kms:UpdatePrimaryRegion',
]

/** Absent means that no service asks: refused as well. */
const byPerson = { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } }

export const key: Control = {
  id: 'IMM-5',
  title: 'Your key is in your hand only',
  category: 'immutability',
  words:
    'Nobody but your break-glass role can change who may use the key, switch it off or on, or take a deletion back. ' +
    'The platform can schedule its deletion when you leave, and nothing else. The key is lent to AWS services only, ' +
    'never to a person or another account.',
  enforcedBy: ['scp', 'boundary'],
  limits: [
    'A key is protected by its ARN once it is known; until then by its tag (IMM-1).',
    'Whoever may use the key through a service is said in its policy (DAT-1).',
    'The role of a job gives the grant back that the job held. Others cannot, by the tag of a key that UAIS made (IMM-1); ' +
      'of a key of your own, whoever its policy lets retire grants can.',
  ],
  sources: [
    'AWS KMS Developer Guide, Key policies and grants: kms:GrantIsForAWSResource',
    'AWS KMS Developer Guide, Deleting AWS KMS keys',
  ],
  statements: (params) => {
    const lend = (Resource: string) =>
      deny('IMM5LendToServicesOnly', { Action: 'kms:CreateGrant', Resource, Condition: byPerson })
    const known = params.keyArn
      ? [
          deny('IMM5OwnerHoldsKey', {
            Action: changeKey,
            Resource: params.keyArn,
            Condition: but(params, 'break-glass'),
          }),
          deny('IMM5OnlyTeardownEndsKey', {
            Action: 'kms:ScheduleKeyDeletion',
            Resource: params.keyArn,
            Condition: but(params, 'teardown', 'break-glass'),
          }),
          lend(params.keyArn),
        ]
      : []
    return [...inPlaces(['scp'], ...known), ...inPlaces(['boundary'], lend('*'))]
  },
  invariants: (params) => {
    if (!params.keyArn) return []
    const on = [params.keyArn]
    const lever = (id: string, action: string) => stays(`IMM-5/${id}`, params.breakGlassPrincipal, action, on[0]!)
    return [
      nobody('IMM-5/change', changeKey, { but: exempt(params), on }),
      nobody('IMM-5/end', 'kms:ScheduleKeyDeletion', { but: exempt(params, 'teardown'), on }),
      nobody('IMM-5/lend', 'kms:CreateGrant', { on, when: byPerson }),
      lever('switch-off', 'kms:DisableKey'),
      lever('switch-on', 'kms:EnableKey'),
      lever('change-policy', 'kms:PutKeyPolicy'),
      lever('take-back', 'kms:CancelKeyDeletion'),
    ]
  },
}
