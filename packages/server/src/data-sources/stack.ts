import type { DataSource } from '@uais/contract'
import {
  compileDataSource,
  type DataSourceParams,
  dataSourcePlace,
  projectRoleName,
  sessionPolicyFor,
} from '@uais/guardrails'
import { stackTags } from '../accounts/stack.ts'
import type { ProjectPlace } from '../projects/stack.ts'
import type { Stack } from '../runs/stack.ts'

function dataSourceParams(place: ProjectPlace, source: DataSource): DataSourceParams {
  const { spec, name } = source
  return {
    ...place.projectParams,
    dataSource:
      spec.source === 's3' ? { kind: 's3', name, bucket: spec.bucket, prefix: spec.prefix } : { kind: 'upload', name },
  }
}

export function dataSourceStack(place: ProjectPlace, source: DataSource): Stack {
  const { account, project, stackAccount } = place
  const key = `data-source/${account.name}/${project.name}/${source.name}`
  const params = dataSourceParams(place, source)
  const { bucket, prefix } = dataSourcePlace(params)
  return {
    kind: 'data-source',
    key,
    resource: {
      kind: 'DataSource',
      id: source.id,
      name: source.name,
      generation: source.generation,
      projectId: project.id,
    },
    account: stackAccount,
    targetAccountId: account.spec.awsAccountId,
    targetRole: source.deletionRequestedAt ? 'uais-teardown' : 'uais-provision',
    sessionPolicy: sessionPolicyFor({ kind: 'data-source', project: project.name, dataSource: source.name }, params),
    variables: {
      aws_account_id: account.spec.awsAccountId,
      bucket,
      key_arn: params.keyArn,
      kind: source.spec.source,
      name: source.name,
      prefix,
      project: project.name,
      region: account.spec.region,
      role_names: [projectRoleName(project.name, 'studio'), projectRoleName(project.name, 'training')],
      tags: stackTags(key, account.name, project.name),
    },
    policies: compileDataSource(params).policies,
    denials: [
      {
        id: 'read-only',
        title: 'The data cannot be changed through this grant',
        identity: ['read'],
        request: {
          principal: `arn:${params.partition}:iam::${params.awsAccountId}:role/uais/projects/${projectRoleName(project.name, 'studio')}`,
          action: 's3:PutObject',
          resource: `arn:${params.partition}:s3:::${bucket}/${prefix}x`,
        },
      },
    ],
  }
}
