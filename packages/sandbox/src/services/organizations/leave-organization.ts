import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { anyResource, organization } from './access.ts'
import { accounts, attachments } from './state.ts'

/**
 * A member account leaves: from now on no policy of the organization binds it, and its tags are gone (AWS
 * Organizations API Reference, LeaveOrganization). Left out: the wait of four days after an account was made, and
 * the payment method that AWS asks for first.
 */
export const leaveOrganization = operation<object, object>({
  name: 'LeaveOrganization',
  access: () => anyResource('LeaveOrganization'),
  handle: (_input, call) => {
    if (organization(call).managementAccount === call.account)
      throw new AwsError(
        'MasterCannotLeaveOrganizationException',
        "You can't remove a management account from an organization.",
      )
    for (const [key, row] of [...attachments(call).entries()])
      if (row.targetId === call.account) attachments(call).delete(key)
    accounts(call).delete(call.account)
    return {}
  },
})
