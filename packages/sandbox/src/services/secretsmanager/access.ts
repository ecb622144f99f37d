import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { policyDocument } from '../resource-policy.ts'
import { bareArn, findSecret } from './state.ts'

type Context = NonNullable<AccessCheck['context']>

/**
 * May the caller do `action` on the secret? Permission is asked before existence: a missing secret is asked for by
 * the ARN that it would have but for its random end.
 */
export function secretAccess(
  call: Call,
  action: string,
  secretId: string | undefined,
  context: Context = {},
): AccessCheck {
  const id = secretId ?? ''
  const secret = findSecret(call, id)
  if (!secret) {
    const resource = id.startsWith('arn:') ? id : bareArn(call, id)
    return { action, resource, context: { 'secretsmanager:SecretId': id, ...context } }
  }
  return {
    action,
    resource: secret.arn,
    resourceAccount: secret.account,
    resourceTags: secret.tags,
    resourcePolicy: secret.policy === undefined ? undefined : policyDocument(secret.policy),
    context: {
      'secretsmanager:SecretId': secret.arn,
      'secretsmanager:SecretPrimaryRegion': secret.region,
      ...resourceTagContext(secret.tags),
      ...context,
    },
  }
}

export function resourceTagContext(tags: Readonly<Record<string, string>>): Context {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`secretsmanager:ResourceTag/${name}`, value]))
}
