import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { findParameter, parseReference } from './state.ts'

/** May the caller do `action` on the parameter that `text` (name or ARN) refers to, be it there or not? */
export function parameterAccess(
  call: Call,
  action: string,
  text: string | undefined,
  context: NonNullable<AccessCheck['context']> = {},
): AccessCheck {
  const reference = parseReference(call, text ?? '')
  return {
    action,
    resource: reference.arn,
    resourceAccount: reference.home.account,
    resourceTags: findParameter(call, reference)?.tags,
    context,
  }
}
