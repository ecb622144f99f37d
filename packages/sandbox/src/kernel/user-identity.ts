import { principalName } from '../authz/authorize.ts'
import type { Principal, RoleSession } from './principal.ts'

type Values = Record<string, unknown>

/** CloudTrail User Guide, "CloudTrail userIdentity element". */
export function userIdentity(principal: Principal, via?: string): Values {
  const invokedBy = via?.replace(/^([a-z0-9-]+)\..*(amazonaws\.com)$/, '$1.$2')
  switch (principal.type) {
    case 'role-session':
      return sessionIdentity(principal, invokedBy ?? principal.invokedBy)
    case 'user':
      return {
        type: 'IAMUser',
        principalId: principal.userId,
        arn: principal.userArn,
        accountId: principal.account,
        accessKeyId: principal.accessKeyId,
        userName: principal.userName,
        ...(invokedBy ? { invokedBy } : {}),
      }
    case 'root':
      return {
        type: 'Root',
        principalId: principal.account,
        arn: principalName(principal),
        accountId: principal.account,
        accessKeyId: principal.accessKeyId,
      }
    case 'service':
      return { type: 'AWSService', invokedBy: principal.service }
    case 'anonymous':
      return { type: 'AWSAccount', principalId: '', accountId: 'anonymous' }
  }
}

function sessionIdentity(principal: RoleSession, invokedBy: string | undefined): Values {
  return {
    type: 'AssumedRole',
    principalId: `${principal.roleId}:${principal.sessionName}`,
    arn: principal.sessionArn,
    accountId: principal.account,
    accessKeyId: principal.accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: principal.roleId,
        arn: principal.roleArn,
        accountId: principal.account,
        userName: principal.roleArn.slice(principal.roleArn.lastIndexOf('/') + 1),
      },
      attributes: { creationDate: principal.issuedAt, mfaAuthenticated: 'false' },
      ...(principal.sourceIdentity === undefined ? {} : { sourceIdentity: principal.sourceIdentity }),
    },
    ...(invokedBy ? { invokedBy } : {}),
  }
}
