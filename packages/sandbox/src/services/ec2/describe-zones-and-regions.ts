import type {
  DescribeAccountAttributesRequest,
  DescribeAccountAttributesResult,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { anyResource } from './access.ts'
import { type Zone, zonesOf } from './availability-zones.ts'
import { type FilterTable, filtered } from './describe.ts'

const zoneFilters: FilterTable<Zone> = {
  'zone-name': (zone) => zone.ZoneName,
  'zone-id': (zone) => zone.ZoneId,
  'zone-type': (zone) => zone.ZoneType,
  'region-name': (zone) => zone.RegionName,
  'group-name': (zone) => zone.GroupName,
  'opt-in-status': (zone) => zone.OptInStatus,
  state: (zone) => zone.State,
}

export const describeAvailabilityZones = operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult>({
  name: 'DescribeAvailabilityZones',
  access: (_input, call) => anyResource('DescribeAvailabilityZones', call),
  handle: (input, call) => {
    const zones = zonesOf(call)
    const wanted = [...(input.ZoneNames ?? []), ...(input.ZoneIds ?? [])]
    const unknown = wanted.find((name) => !zones.some((zone) => zone.ZoneName === name || zone.ZoneId === name))
    if (unknown) throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${unknown}]`)
    const named = zones.filter(
      (zone) => wanted.length === 0 || wanted.includes(zone.ZoneName) || wanted.includes(zone.ZoneId),
    )
    return { AvailabilityZones: filtered(named, input.Filters, zoneFilters, call) }
  },
})

/** Regions that every account has without opting in (AWS Account Management Guide, "Enable or disable Regions"). */
const regionNames = [
  'ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1',
  'eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2',
].flatMap((line) => line.split(' '))

type Region = { RegionName: string; Endpoint: string; OptInStatus: string }

const regionFilters: FilterTable<Region> = {
  'region-name': (region) => region.RegionName,
  endpoint: (region) => region.Endpoint,
  'opt-in-status': (region) => region.OptInStatus,
}

export const describeRegions = operation<DescribeRegionsRequest, DescribeRegionsResult>({
  name: 'DescribeRegions',
  access: (_input, call) => anyResource('DescribeRegions', call),
  handle: (input, call) => {
    const unknown = input.RegionNames?.find((name) => !regionNames.includes(name))
    if (unknown) throw new AwsError('InvalidParameterValue', `Invalid region name: [${unknown}]`)
    const regions = regionNames
      .filter((name) => !input.RegionNames?.length || input.RegionNames.includes(name))
      .map((name) => ({
        RegionName: name,
        Endpoint: `ec2.${name}.amazonaws.com`,
        OptInStatus: 'opt-in-not-required',
      }))
    return { Regions: filtered(regions, input.Filters, regionFilters, call) }
  },
})

/** VPC-only accounts without a default VPC; limits are AWS's defaults (VPC User Guide, "Amazon VPC quotas"). */
const accountAttributes = {
  'supported-platforms': 'VPC',
  'default-vpc': 'none',
  'max-instances': '20',
  'vpc-max-security-groups-per-interface': '5',
  'max-elastic-ips': '5',
  'vpc-max-elastic-ips': '5',
}

export const describeAccountAttributes = operation<DescribeAccountAttributesRequest, DescribeAccountAttributesResult>({
  name: 'DescribeAccountAttributes',
  access: (_input, call) => anyResource('DescribeAccountAttributes', call),
  handle: (input) => ({
    AccountAttributes: Object.entries(accountAttributes)
      .filter(([name]) => !input.AttributeNames?.length || (input.AttributeNames as string[]).includes(name))
      .map(([AttributeName, AttributeValue]) => ({ AttributeName, AttributeValues: [{ AttributeValue }] })),
  }),
})
