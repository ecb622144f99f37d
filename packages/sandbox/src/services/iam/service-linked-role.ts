import type * as Iam from '@aws-sdk/client-iam'
import { uniqueId } from '../../kernel/credentials.ts'
import { operation } from '../../kernel/operation.ts'
import { invalidInput } from './errors.ts'
import { roleDetails } from './role.ts'
import { iamArn, type RoleRow, roles } from './state.ts'

/** Roles that services own (each service's guide, "Using service-linked roles"). */
const names: Record<string, string> = {
  'config.amazonaws.com': 'AWSServiceRoleForConfig',
  'sagemaker.amazonaws.com': 'AWSServiceRoleForAmazonSageMakerNotebooks',
  'organizations.amazonaws.com': 'AWSServiceRoleForOrganizations',
  'cloudtrail.amazonaws.com': 'AWSServiceRoleForCloudTrail',
}

export const createServiceLinkedRole = operation<
  Iam.CreateServiceLinkedRoleRequest,
  Iam.CreateServiceLinkedRoleResponse
>({
  name: 'CreateServiceLinkedRole',
  access: (input, call) => [
    {
      action: 'iam:CreateServiceLinkedRole',
      resource: iamArn(call, `role/aws-service-role/${input.AWSServiceName}/*`),
      context: { 'iam:AWSServiceName': input.AWSServiceName },
    },
  ],
  handle: (input, call) => {
    const service = input.AWSServiceName ?? ''
    const name = names[service]
    if (name === undefined) throw invalidInput(`Invalid service principal ${service}.`)
    if (roles(call).has(name)) {
      throw invalidInput(`Service role name ${name} has been taken in this account, please try a different suffix.`)
    }
    const path = `/aws-service-role/${service}/`
    const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }
    const row: RoleRow = {
      name,
      path,
      id: uniqueId('AROA'),
      arn: iamArn(call, `role${path}${name}`),
      account: call.account,
      trust: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      description: input.Description,
      maxSessionDuration: 3600,
      createdAt: call.now.toISOString(),
      tags: {},
      inline: {},
      attached: [],
    }
    roles(call).put(name, row)
    return { Role: roleDetails(row) }
  },
})
