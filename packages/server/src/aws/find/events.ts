import { DescribeApiDestinationCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { orNone } from '../aws-error.ts'
import { type Finder, nameOf } from './finder.ts'

/** Destinations carry no tags: ours is the one of that name that goes by the connection of the owner's bootstrap. */
export const apiDestination: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const found = await orNone(session.client(EventBridgeClient).send(new DescribeApiDestinationCommand({ Name: name })))
  return found?.ConnectionArn === wanted.after.connection_arn ? name : undefined
}
