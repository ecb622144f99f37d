import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import * as organizations from '@aws-sdk/client-organizations'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import * as sagemaker from '@aws-sdk/client-sagemaker'
import type { AssumeRoleCommandOutput } from '@aws-sdk/client-sts'
import { credentialsOf } from '@uais/devstack'
import type { Counterexample, ProofBundle } from '@uais/iam'
import { type Sandbox, startSandbox } from '@uais/sandbox'
import { type ClientConfig, calls, type Network } from './commands.ts'
import { account, document, labRole } from './corpus.ts'

/** A sandbox in which the world of a bundle is really built, to send a counterexample's requests to it. */
export interface Stage {
  /** Sends steps and act as their principals. Resolves when all were allowed. @throws the SDK's error of the first refusal */
  replay(counterexample: Counterexample): Promise<void>
  close(): Promise<void>
}

export async function openStage(bundle: ProofBundle): Promise<Stage> {
  const sandbox = await startSandbox({ port: 0 })
  const admin = await signIn(sandbox, 'claims', 'admin')
  await makePrincipals(bundle, admin)
  await makeLabRole(admin)
  const network = await makeNetwork(admin)
  for (const resource of bundle.resources) await makeResource(resource, admin, network)
  await attachPolicies(bundle, await signIn(sandbox, 'management', 'admin'))
  const sessions = new Map<string, ClientConfig>()
  const as = async (principal: string): Promise<ClientConfig> =>
    sessions.get(principal) ?? signIn(sandbox, 'claims', principal.split('/').slice(1).join('/'))
  return {
    async replay({ steps, ...act }) {
      for (const request of [...steps, act]) {
        const call = calls[request.action]
        if (!call) throw new Error(`replaying ${request.action}: commands.ts does not say how it is sent`)
        const answer = await call(await as(request.principal), request, network)
        if (request.action === 'sts:AssumeRole') sessions.set(request.resource, sessionOf(admin, answer))
      }
    },
    close: () => sandbox.stop(),
  }
}

async function signIn({ url: endpoint }: Sandbox, owner: string, role: string): Promise<ClientConfig> {
  const { region, accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(endpoint, owner, role)
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  return { endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 }
}

function sessionOf(config: ClientConfig, answer: unknown): ClientConfig {
  const {
    AccessKeyId = '',
    SecretAccessKey = '',
    SessionToken = '',
  } = (answer as AssumeRoleCommandOutput).Credentials ?? {}
  return {
    ...config,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  }
}

/** The administrator is there from the start. */
async function makePrincipals({ principals }: ProofBundle, config: ClientConfig): Promise<void> {
  const client = new IAMClient(config)
  for (const { arn, identityPolicies, trustPolicy } of principals) {
    const [, name = ''] = arn.split(':role/')
    if (name === 'admin') continue
    await client.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trustPolicy) }))
    for (const { name: PolicyName, policy } of identityPolicies)
      await client.send(
        new PutRolePolicyCommand({ RoleName: name, PolicyName, PolicyDocument: JSON.stringify(policy) }),
      )
  }
}

/** Notebook instances need a role that SageMaker may assume; it may do nothing. */
async function makeLabRole(config: ClientConfig): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify(
    document([{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }]),
  )
  await new IAMClient(config).send(new CreateRoleCommand({ RoleName: 'lab', AssumeRolePolicyDocument }))
}

async function makeNetwork(config: ClientConfig): Promise<Network> {
  const client = new EC2Client(config)
  const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))
  const VpcId = Vpc?.VpcId
  const { Subnet } = await client.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.9.0.0/24' }))
  const group = new CreateSecurityGroupCommand({ VpcId, GroupName: 'replay', Description: 'replay' })
  return { subnetId: Subnet?.SubnetId ?? '', securityGroupId: (await client.send(group)).GroupId ?? '' }
}

/** @throws when the case lists a kind of resource that is not built here: nothing is passed over */
async function makeResource(
  { arn, type, tags = {} }: ProofBundle['resources'][number],
  config: ClientConfig,
  { subnetId, securityGroupId }: Network,
): Promise<void> {
  const name = arn.split(/[:/]/).at(-1) ?? ''
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  const client = new sagemaker.SageMakerClient(config)
  switch (type) {
    case 'aws_sagemaker_model_package_group':
      await client.send(new sagemaker.CreateModelPackageGroupCommand({ ModelPackageGroupName: name, Tags }))
      return
    case 'aws_sagemaker_notebook_instance':
      await client.send(
        new sagemaker.CreateNotebookInstanceCommand({
          NotebookInstanceName: name,
          InstanceType: 'ml.t3.medium',
          RoleArn: labRole,
          SubnetId: subnetId,
          SecurityGroupIds: [securityGroupId],
          Tags,
        }),
      )
      await sagemaker.waitUntilNotebookInstanceInService(
        { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
        { NotebookInstanceName: name },
      )
      return
    case 'aws_s3_bucket':
      await new S3Client(config).send(new CreateBucketCommand({ Bucket: name }))
      return
    default:
      throw new Error(`building ${arn}: stage.ts does not know the type ${type}`)
  }
}

async function attachPolicies({ serviceControlPolicies = [] }: ProofBundle, config: ClientConfig): Promise<void> {
  const client = new organizations.OrganizationsClient(config)
  const own = serviceControlPolicies.flatMap(({ policies }) => policies).filter(({ name }) => name !== 'FullAWSAccess')
  for (const { name, policy } of own) {
    const create = {
      Name: name,
      Description: '',
      Type: 'SERVICE_CONTROL_POLICY',
      Content: JSON.stringify(policy),
    } as const
    const { Policy } = await client.send(new organizations.CreatePolicyCommand(create))
    const attach = { PolicyId: Policy?.PolicySummary?.Id, TargetId: account }
    await client.send(new organizations.AttachPolicyCommand(attach))
  }
}
