import type { DescribeVpcAttributeRequest, DescribeVpcAttributeResult } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find } from './kind.ts'
import { vpcs } from './kinds.ts'

export const describeVpcAttribute = operation<DescribeVpcAttributeRequest, DescribeVpcAttributeResult>({
  name: 'DescribeVpcAttribute',
  access: (input, call) => [onExisting('DescribeVpcAttribute', vpcs, input.VpcId, call)],
  handle: (input, call) => {
    const vpc = find(vpcs, call, input.VpcId!)
    const { enableDnsSupport, enableDnsHostnames, enableNetworkAddressUsageMetrics } = vpc.attributes
    switch (input.Attribute) {
      case 'enableDnsSupport':
        return { VpcId: vpc.id, EnableDnsSupport: { Value: enableDnsSupport } }
      case 'enableDnsHostnames':
        return { VpcId: vpc.id, EnableDnsHostnames: { Value: enableDnsHostnames } }
      case 'enableNetworkAddressUsageMetrics':
        return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: enableNetworkAddressUsageMetrics } }
      default:
        throw new AwsError('InvalidParameterValue', `Value (${input.Attribute}) for parameter attribute is invalid.`)
    }
  },
})
