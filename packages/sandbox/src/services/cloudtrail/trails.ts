import type {
  DeleteTrailRequest,
  DescribeTrailsRequest,
  DescribeTrailsResponse,
  GetTrailRequest,
  GetTrailResponse,
  GetTrailStatusRequest,
  GetTrailStatusResponse,
  ListTrailsRequest,
  ListTrailsResponse,
  StartLoggingRequest,
  StopLoggingRequest,
  UpdateTrailRequest,
  UpdateTrailResponse,
} from '@aws-sdk/client-cloudtrail'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onAny, onTrail } from './access.ts'
import { applySettings, passRole } from './create-trail.ts'
import { listOrganizationTrail } from './organization.ts'
import { settingsShape, trailShape } from './shape.ts'
import { findTrail, pending, type TrailRow, trails } from './state.ts'

export const updateTrail = operation<UpdateTrailRequest, UpdateTrailResponse>({
  name: 'UpdateTrail',
  access: (input, call) => [onTrail('UpdateTrail', input.Name, call), ...passRole(input.CloudWatchLogsRoleArn)],
  handle: async (input, call) => settingsShape(await applySettings(atHome(input.Name, call), input, call)),
})

export const deleteTrail = operation<DeleteTrailRequest, void>({
  name: 'DeleteTrail',
  access: (input, call) => [onTrail('DeleteTrail', input.Name, call)],
  handle: (input, call) => {
    const trail = atHome(input.Name, call)
    for (const [id] of [...pending(call, trail).entries()]) pending(call, trail).delete(id)
    trails(call, trail.account).delete(trail.name)
    listOrganizationTrail({ ...trail, organization: false }, call)
  },
})

/** Trails are changed in their home region only. */
export function atHome(name: string | undefined, call: Call): TrailRow {
  const trail = findTrail(call, name)
  if (trail.homeRegion === call.region) return trail
  throw new AwsError(
    'InvalidHomeRegionException',
    `Trail ${trail.arn} cannot be modified from ${call.region}: its home region is ${trail.homeRegion}.`,
  )
}

/** Trails that are not there are left out, not an error. */
export const describeTrails = operation<DescribeTrailsRequest, DescribeTrailsResponse>({
  name: 'DescribeTrails',
  access: () => onAny('DescribeTrails'),
  handle: (input, call) => {
    const seen = [...trails(call, call.account).values()].filter(
      (one) => one.homeRegion === call.region || (one.multiRegion && input.includeShadowTrails !== false),
    )
    const wanted = input.trailNameList?.length
      ? seen.filter((one) => input.trailNameList?.some((name) => name === one.name || name === one.arn))
      : seen
    return { trailList: wanted.map(trailShape) }
  },
})

export const getTrail = operation<GetTrailRequest, GetTrailResponse>({
  name: 'GetTrail',
  access: (input, call) => [onTrail('GetTrail', input.Name, call)],
  handle: (input, call) => ({ Trail: trailShape(findTrail(call, input.Name)) }),
})

export const listTrails = operation<ListTrailsRequest, ListTrailsResponse>({
  name: 'ListTrails',
  access: () => onAny('ListTrails'),
  handle: (_input, call) => {
    const all = [...trails(call, call.account).values()]
    return { Trails: all.map((one) => ({ TrailARN: one.arn, Name: one.name, HomeRegion: one.homeRegion })) }
  },
})

export const getTrailStatus = operation<GetTrailStatusRequest, GetTrailStatusResponse>({
  name: 'GetTrailStatus',
  access: (input, call) => [onTrail('GetTrailStatus', input.Name, call)],
  handle: (input, call) => {
    const trail = findTrail(call, input.Name)
    const time = (iso: string | undefined) => (iso === undefined ? undefined : new Date(iso))
    return {
      IsLogging: trail.logging,
      StartLoggingTime: time(trail.started),
      StopLoggingTime: time(trail.stopped),
      LatestDeliveryTime: time(trail.delivered),
      LatestDeliveryError: trail.deliveryError,
      TimeLoggingStarted: trail.started ?? '',
      TimeLoggingStopped: trail.stopped ?? '',
      LatestDeliveryAttemptTime: trail.delivered ?? '',
      LatestDeliveryAttemptSucceeded: trail.deliveryError ? '' : (trail.delivered ?? ''),
    }
  },
})

export const startLogging = operation<StartLoggingRequest, void>({
  name: 'StartLogging',
  access: (input, call) => [onTrail('StartLogging', input.Name, call)],
  handle: (input, call) => {
    const trail = atHome(input.Name, call)
    const started = trail.logging ? trail.started : call.now.toISOString()
    trails(call, trail.account).put(trail.name, { ...trail, logging: true, started })
  },
})

export const stopLogging = operation<StopLoggingRequest, void>({
  name: 'StopLogging',
  access: (input, call) => [onTrail('StopLogging', input.Name, call)],
  handle: (input, call) => {
    const trail = atHome(input.Name, call)
    const stopped = trail.logging ? call.now.toISOString() : trail.stopped
    trails(call, trail.account).put(trail.name, { ...trail, logging: false, stopped })
  },
})
