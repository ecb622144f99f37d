import type { CreateSecurityGroupRequest, CreateSecurityGroupResult } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { tagList } from '../tag-list.ts'
import { onCreated, onExisting } from './access.ts'
import { ec2Arn, find, rows } from './kind.ts'
import { securityGroups, vpcs } from './kinds.ts'
import { newSecurityGroup } from './new-security-group.ts'
import { checkedTags } from './tag-specification.ts'

export const createSecurityGroup = operation<CreateSecurityGroupRequest, CreateSecurityGroupResult>({
  name: 'CreateSecurityGroup',
  access: (input, call) => [
    ...onCreated('CreateSecurityGroup', securityGroups, input, call),
    onExisting('CreateSecurityGroup', vpcs, input.VpcId, call),
  ],
  handle: (input, call) => {
    if (!input.VpcId) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user')
    checkNames(input)
    const vpc = find(vpcs, call, input.VpcId)
    checkFree(input.GroupName!, vpc.id, call)
    const tags = checkedTags(input.TagSpecifications, 'security-group')
    const group = newSecurityGroup(vpc, input.GroupName!, input.Description!, tags, call)
    return {
      GroupId: group.id,
      SecurityGroupArn: ec2Arn(call, 'security-group', group.id),
      Tags: tagList(group.tags),
    }
  },
})

/** EC2 API Reference, "CreateSecurityGroup": up to 255 characters of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$* */
function checkNames(input: CreateSecurityGroupRequest): void {
  const allowed = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/
  if (!allowed.test(input.GroupName ?? '') || /^sg-/.test(input.GroupName ?? ''))
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${input.GroupName}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.`,
    )
  if (input.GroupName === 'default')
    throw new AwsError('InvalidParameterValue', "Cannot use reserved security group name: 'default'")
  if (!allowed.test(input.Description ?? ''))
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${input.Description}) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported.`,
    )
}

function checkFree(name: string, vpcId: string, call: Call): void {
  for (const group of rows(securityGroups, call).values())
    if (group.VpcId === vpcId && group.GroupName === name)
      throw new AwsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`)
}
