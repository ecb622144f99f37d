import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  DescribeModelPackageGroupCommand,
  ListDomainsCommand,
  ListTagsCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { orNone } from '../aws-error.ts'
import type { AwsSession } from '../session.ts'
import { type Finder, isOurs, nameOf, type Wanted } from './finder.ts'

async function tagged(session: AwsSession, arn: string | undefined, wanted: Wanted): Promise<boolean> {
  if (!arn) return false
  const { Tags } = await session.client(SageMakerClient).send(new ListTagsCommand({ ResourceArn: arn }))
  return isOurs(Tags, wanted)
}

/** Domain names are not unique, so each that has the name is asked for its tags. */
export const domain: Finder = async (session, wanted) => {
  const name = nameOf(wanted, 'domain_name')
  const { Domains } = await session.client(SageMakerClient).send(new ListDomainsCommand({ MaxResults: 100 }))
  for (const found of Domains ?? [])
    if (found.DomainName === name && found.Status !== 'Deleting' && (await tagged(session, found.DomainArn, wanted)))
      return found.DomainId
  return undefined
}

export const modelPackageGroup: Finder = async (session, wanted) => {
  const name = nameOf(wanted, 'model_package_group_name')
  if (!name) return undefined
  const found = await orNone(
    session.client(SageMakerClient).send(new DescribeModelPackageGroupCommand({ ModelPackageGroupName: name })),
  )
  return (await tagged(session, found?.ModelPackageGroupArn, wanted)) ? name : undefined
}

export const model: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const found = await orNone(session.client(SageMakerClient).send(new DescribeModelCommand({ ModelName: name })))
  return (await tagged(session, found?.ModelArn, wanted)) ? name : undefined
}

export const endpointConfiguration: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const found = await orNone(
    session.client(SageMakerClient).send(new DescribeEndpointConfigCommand({ EndpointConfigName: name })),
  )
  return (await tagged(session, found?.EndpointConfigArn, wanted)) ? name : undefined
}

export const endpoint: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const found = await orNone(session.client(SageMakerClient).send(new DescribeEndpointCommand({ EndpointName: name })))
  if (found?.EndpointStatus === 'Deleting') return undefined
  return (await tagged(session, found?.EndpointArn, wanted)) ? name : undefined
}
