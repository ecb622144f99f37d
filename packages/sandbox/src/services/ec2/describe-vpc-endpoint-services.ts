import type {
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult,
  DescribePrefixListsRequest,
  DescribePrefixListsResult,
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { anyResource } from './access.ts'
import { zonesOf } from './availability-zones.ts'
import { type FilterTable, filtered } from './describe.ts'
import {
  type EndpointService,
  endpointServices,
  type PrefixListRow,
  prefixListsOf,
  privateDnsName,
} from './vpc-endpoint-services.ts'

const serviceFilters: FilterTable<EndpointService> = {
  'service-name': (service) => service.name,
  'service-type': (service) => service.type,
  owner: () => 'amazon',
}

export const describeVpcEndpointServices = operation<
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult
>({
  name: 'DescribeVpcEndpointServices',
  access: (_input, call) => anyResource('DescribeVpcEndpointServices', call),
  handle: (input, call) => {
    const all = endpointServices(call)
    const unknown = input.ServiceNames?.find((name) => !all.some((service) => service.name === name))
    if (unknown) throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${unknown}' does not exist`)
    const named = all.filter((service) => !input.ServiceNames?.length || input.ServiceNames.includes(service.name))
    const found = filtered(named, input.Filters, serviceFilters, call)
    return {
      ServiceNames: [...new Set(found.map((service) => service.name))],
      ServiceDetails: found.map((service) => detailOf(service, call)),
    }
  },
})

function detailOf(service: EndpointService, call: Call) {
  const gateway = service.type === 'Gateway'
  return {
    ServiceName: service.name,
    ServiceType: [{ ServiceType: service.type }],
    ServiceRegion: call.region,
    AvailabilityZones: zonesOf(call).map((zone) => zone.ZoneName),
    Owner: 'amazon',
    BaseEndpointDnsNames: [`${service.name.split('.').slice(3).join('.')}.${call.region}.vpce.amazonaws.com`],
    ...(!gateway && {
      PrivateDnsName: privateDnsName(service.name),
      PrivateDnsNameVerificationState: 'verified' as const,
    }),
    VpcEndpointPolicySupported: true,
    AcceptanceRequired: false,
    ManagesVpcEndpoints: false,
    SupportedIpAddressTypes: ['ipv4' as const],
    Tags: [],
  }
}

const listFilters: FilterTable<PrefixListRow> = {
  'prefix-list-id': (list) => list.PrefixListId,
  'prefix-list-name': (list) => list.PrefixListName,
}

export const describePrefixLists = operation<DescribePrefixListsRequest, DescribePrefixListsResult>({
  name: 'DescribePrefixLists',
  access: (_input, call) => anyResource('DescribePrefixLists', call),
  handle: (input, call) => {
    const found = selectLists(input, call)
    return { PrefixLists: found }
  },
})

export const describeManagedPrefixLists = operation<
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult
>({
  name: 'DescribeManagedPrefixLists',
  access: (_input, call) => anyResource('DescribeManagedPrefixLists', call),
  handle: (input, call) => {
    const found = selectLists(input, call)
    const PrefixLists = found.map(({ PrefixListId, PrefixListName }) => ({
      PrefixListId,
      PrefixListName,
      PrefixListArn: `arn:${call.partition}:ec2:${call.region}:aws:prefix-list/${PrefixListId}`,
      AddressFamily: 'IPv4',
      OwnerId: 'AWS',
      State: 'create-complete' as const,
      Tags: [],
    }))
    return { PrefixLists }
  },
})

function selectLists(input: DescribePrefixListsRequest, call: Call) {
  const all = prefixListsOf(call)
  const unknown = input.PrefixListIds?.find((id) => !all.some((list) => list.PrefixListId === id))
  if (unknown) throw new AwsError('InvalidPrefixListId.NotFound', `The prefix list ID '${unknown}' does not exist`)
  const named = all.filter((list) => !input.PrefixListIds?.length || input.PrefixListIds.includes(list.PrefixListId))
  return filtered(named, input.Filters, listFilters, call)
}
