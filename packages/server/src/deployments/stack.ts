import type { Deployment, ModelVersion } from '@uais/contract'
import {
  compileEndpoint,
  dataBucketName,
  endpointName,
  projectRoleArn,
  projectRoleName,
  sessionPolicyFor,
} from '@uais/guardrails'
import { stackTags } from '../accounts/stack.ts'
import { artifactDigest } from '../aws/digest.ts'
import { liveEndpoint } from '../aws/live-endpoint.ts'
import type { AwsSession } from '../aws/session.ts'
import type { ProjectPlace } from '../projects/stack.ts'
import type { LiveFact, Stack } from '../runs/stack.ts'

export function endpointStack(place: ProjectPlace, deployment: Deployment, version: ModelVersion): Stack {
  const { account, project, projectParams: params, stackAccount } = place
  const key = `endpoint/${account.name}/${project.name}/${deployment.name}`
  const { artifact, image, modelPackageArn } = version.spec
  const { policies } = compileEndpoint({ ...params, endpoint: { name: deployment.name, artifactUri: artifact.uri } })
  return {
    kind: 'endpoint',
    key,
    resource: {
      kind: 'Deployment',
      id: deployment.id,
      name: deployment.name,
      generation: deployment.generation,
      projectId: project.id,
    },
    account: stackAccount,
    targetAccountId: account.spec.awsAccountId,
    targetRole: deployment.deletionRequestedAt ? 'uais-teardown' : 'uais-provision',
    sessionPolicy: sessionPolicyFor({ kind: 'endpoint', project: project.name, deployment: deployment.name }, params),
    variables: {
      artifact: { sha256: artifact.sha256, uri: artifact.uri },
      aws_account_id: account.spec.awsAccountId,
      data_bucket: dataBucketName(params),
      data_capture_percent: deployment.spec.dataCapturePercent,
      environment: deployment.spec.environment,
      image_uri: image.uri,
      inference_role_arn: projectRoleArn(params, project.name, 'inference'),
      instance_count: deployment.spec.instanceCount,
      instance_type: deployment.spec.instanceType,
      key_arn: params.keyArn,
      locked_role_names: [projectRoleName(project.name, 'studio'), projectRoleName(project.name, 'training')],
      model_package_arn: modelPackageArn,
      name: deployment.name,
      project: project.name,
      region: account.spec.region,
      security_group_ids: params.network.securityGroupIds,
      subnet_ids: params.network.subnetIds,
      tags: stackTags(key, account.name, project.name),
    },
    policies,
    denials: [],
    keeps: ['module.endpoint.aws_cloudwatch_log_group.'],
    verify: (session, outputs) =>
      verifyEndpoint(session, endpointName(project.name, deployment.name), version, outputs),
  }
}

/**
 * Terraform may report success while the endpoint still serves something else (hashicorp/aws issue 46663), so the
 * endpoint itself is asked, and the artifact that its model names is hashed where it lies.
 */
async function verifyEndpoint(
  session: AwsSession,
  name: string,
  version: ModelVersion,
  outputs: Record<string, unknown>,
): Promise<LiveFact[]> {
  const live = await liveEndpoint(session, name)
  if (!live) return [fact('endpoint', 'The endpoint exists', false, `there is no endpoint '${name}'`)]
  const { artifact, image } = version.spec
  const digest = live.artifactUri ? await artifactDigest(session, live.artifactUri) : undefined
  return [
    fact('in-service', 'The endpoint is in service', live.status === 'InService', live.failure ?? live.status),
    fact(
      'config',
      'It runs the applied configuration',
      live.configName === outputs.endpoint_config_name,
      live.configName,
    ),
    fact(
      'artifact',
      'It serves the approved artifact',
      live.artifactUri === artifact.uri,
      live.artifactUri ?? 'it names none',
    ),
    fact(
      'digest',
      'The artifact is the one that was reviewed',
      digest?.sha256 === artifact.sha256,
      digest ? `sha256 ${digest.sha256} (${digest.evidence})` : 'there is none to hash',
    ),
    fact('image', 'It runs the reviewed image', live.image === image.uri, live.image ?? 'it names none'),
  ]
}

const fact = (id: string, title: string, holds: boolean, message: string): LiveFact => ({ id, title, holds, message })
