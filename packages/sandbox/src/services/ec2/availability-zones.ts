import type { AvailabilityZone } from '@aws-sdk/client-ec2'
import type { Call } from '../../kernel/operation.ts'

export type Zone = AvailabilityZone & { ZoneName: string; ZoneId: string }

/** Three zones per region; zone ids are the region's short code (`euw1` for eu-west-1) with `-az1` to `-az3`. */
export function zonesOf(call: Call): Zone[] {
  const [area = '', direction = '', number = ''] = call.region.split('-')
  const short = `${area}${direction.replace(/(north|south|central|east|west)/g, (word) => word[0] as string)}${number}`
  return ['a', 'b', 'c'].map((letter, index) => ({
    ZoneName: `${call.region}${letter}`,
    ZoneId: `${short}-az${index + 1}`,
    RegionName: call.region,
    State: 'available',
    OptInStatus: 'opt-in-not-required',
    ZoneType: 'availability-zone',
    GroupName: `${call.region}-zg-1`,
    NetworkBorderGroup: call.region,
    Messages: [],
  }))
}
