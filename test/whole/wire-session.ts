import { DescribeDomainCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { credentialsOf, type DemoResult, openStudioOf, signIn } from '@uais/devstack'

export type Principal = 'scientist' | 'admin' | 'platform'

/** Names that the calls are about, read from the live account: nothing here is assumed. */
export interface Subjects {
  account: string
  region: string
  bucket: string
  trailBucket: string
  project: string
  domainId: string
  profile: string
  ownPrefix: string
  studioRole: string
  trainingRole: string
  group: string
  packageArn: string
  endpoint: string
  job: string
  keyId: string
  vpcId: string
  subnets: string[]
  securityGroups: string[]
  image: string
}

export interface WireSession {
  endpoint: string
  credentials: Record<Principal, { accessKeyId: string; secretAccessKey: string; sessionToken: string }>
  subjects: Subjects
}

/** Signs in as the three kinds of principal: in Studio, at the account's own sign-in page, as the platform's role. */
export async function openWire(stack: DemoResult): Promise<WireSession> {
  const sam = await signIn(stack.urls.portal, 'sam')
  const studio = await openStudioOf(sam, stack.project.id)
  const [admin, platform] = await Promise.all([
    credentialsOf(stack.urls.aws, 'claims', 'admin'),
    credentialsOf(stack.urls.aws, 'claims', 'uais-provision'),
  ])
  const { places, network, executionRoleArn, userProfileName, domainId } = studio.identity
  const account = stack.account.awsAccountId
  const { region } = studio.config
  const domain = await new SageMakerClient({ region, endpoint: stack.urls.aws, credentials: keysOf(admin) }).send(
    new DescribeDomainCommand({ DomainId: domainId }),
  )
  return {
    endpoint: stack.urls.aws,
    credentials: { scientist: studio.config.credentials, admin: keysOf(admin), platform: keysOf(platform) },
    subjects: {
      account,
      region,
      bucket: places.bucket,
      trailBucket: `uais-trail-${account}-${region}`,
      project: places.project,
      domainId,
      profile: userProfileName,
      ownPrefix: `projects/${places.project}/users/${userProfileName}/`,
      studioRole: executionRoleArn.split('/').at(-1) ?? '',
      trainingRole: places.trainingRoleArn.split('/').at(-1) ?? '',
      group: places.modelPackageGroup,
      packageArn: stack.model.packageArn,
      endpoint: stack.endpoint.name,
      job: stack.training.job,
      keyId: domain.KmsKeyId ?? '',
      vpcId: network.vpcId,
      subnets: network.subnetIds,
      securityGroups: network.securityGroupIds,
      image: stack.training.image,
    },
  }
}

/** Keys alone: SDK clients want an expiration as a Date, or none. */
function keysOf({ accessKeyId, secretAccessKey, sessionToken }: WireSession['credentials'][Principal]) {
  return { accessKeyId, secretAccessKey, sessionToken }
}
