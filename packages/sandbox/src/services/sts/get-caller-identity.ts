import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'

export const getCallerIdentity = operation<GetCallerIdentityRequest, GetCallerIdentityResponse>({
  name: 'GetCallerIdentity',
  access: () => [],
  handle: (_input, { principal }) => {
    switch (principal.type) {
      case 'role-session':
        return {
          UserId: `${principal.roleId}:${principal.sessionName}`,
          Account: principal.account,
          Arn: principal.sessionArn,
        }
      case 'user':
        return { UserId: principal.userId, Account: principal.account, Arn: principal.userArn }
      case 'root':
        return {
          UserId: principal.account,
          Account: principal.account,
          Arn: `arn:aws:iam::${principal.account}:root`,
        }
      default:
        throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
    }
  },
})
