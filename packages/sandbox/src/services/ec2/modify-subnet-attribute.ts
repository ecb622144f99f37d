import type { ModifySubnetAttributeRequest } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { subnets } from './kinds.ts'

export const modifySubnetAttribute = operation<ModifySubnetAttributeRequest, void>({
  name: 'ModifySubnetAttribute',
  access: (input, call) => [
    onExisting('ModifySubnetAttribute', subnets, input.SubnetId, call, {
      'ec2:Attribute': Object.keys(input).find((member) => member !== 'SubnetId'),
    }),
  ],
  handle: (input, call) => {
    const subnet = find(subnets, call, input.SubnetId!)
    const given = Object.keys(input).filter((member) => member !== 'SubnetId')
    const unknown = given.find((member) => !changeable.includes(member))
    if (given.length !== 1 || unknown)
      throw new AwsError(
        'InvalidParameterCombination',
        unknown
          ? `The sandbox does not change the subnet attribute ${unknown}.`
          : 'Exactly one attribute must be specified.',
      )
    const options = subnet.PrivateDnsNameOptionsOnLaunch ?? {}
    rows(subnets, call).put(subnet.id, {
      ...subnet,
      MapPublicIpOnLaunch: input.MapPublicIpOnLaunch?.Value ?? subnet.MapPublicIpOnLaunch,
      EnableDns64: input.EnableDns64?.Value ?? subnet.EnableDns64,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: input.PrivateDnsHostnameTypeOnLaunch ?? options.HostnameType,
        EnableResourceNameDnsARecord:
          input.EnableResourceNameDnsARecordOnLaunch?.Value ?? options.EnableResourceNameDnsARecord,
        EnableResourceNameDnsAAAARecord:
          input.EnableResourceNameDnsAAAARecordOnLaunch?.Value ?? options.EnableResourceNameDnsAAAARecord,
      },
    })
  },
})

const changeable = [
  'MapPublicIpOnLaunch',
  'EnableDns64',
  'PrivateDnsHostnameTypeOnLaunch',
  'EnableResourceNameDnsARecordOnLaunch',
  'EnableResourceNameDnsAAAARecordOnLaunch',
]
