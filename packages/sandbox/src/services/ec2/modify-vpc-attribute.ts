import type { ModifyVpcAttributeRequest } from '@aws-sdk/client-ec2'
import { operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { vpcs } from './kinds.ts'

export const modifyVpcAttribute = operation<ModifyVpcAttributeRequest, void>({
  name: 'ModifyVpcAttribute',
  access: (input, call) => [
    onExisting('ModifyVpcAttribute', vpcs, input.VpcId, call, { 'ec2:Attribute': attributeOf(input) }),
  ],
  handle: (input, call) => {
    const vpc = find(vpcs, call, input.VpcId!)
    const changed = {
      enableDnsSupport: input.EnableDnsSupport?.Value ?? vpc.attributes.enableDnsSupport,
      enableDnsHostnames: input.EnableDnsHostnames?.Value ?? vpc.attributes.enableDnsHostnames,
      enableNetworkAddressUsageMetrics:
        input.EnableNetworkAddressUsageMetrics?.Value ?? vpc.attributes.enableNetworkAddressUsageMetrics,
    }
    rows(vpcs, call).put(vpc.id, { ...vpc, attributes: changed })
  },
})

function attributeOf(input: ModifyVpcAttributeRequest): string | undefined {
  if (input.EnableDnsSupport) return 'EnableDnsSupport'
  if (input.EnableDnsHostnames) return 'EnableDnsHostnames'
  return input.EnableNetworkAddressUsageMetrics ? 'EnableNetworkAddressUsageMetrics' : undefined
}
