import { type PolicyStatement, sizeLimits } from '@uais/iam'
import { statementsFor } from './catalogue.ts'
import { type Compiled, compiled } from './compiled.ts'
import { artifactLock } from './controls/dep-3-approved-models.ts'
import { PolicyTooLarge, render } from './document.ts'
import { boundary, dataBucketPolicy, eventQueuePolicy, trailBucketPolicy } from './documents/account.ts'
import { budgetStop } from './documents/budget-stop.ts'
import { keyPolicy } from './documents/key.ts'
import { inferencePolicy, studioGuards, studioPolicy, trainingPolicy } from './documents/project.ts'
import { trustSageMaker } from './documents/trust.ts'
import { policiesPerTarget } from './limits.ts'
import { bucketArn, dataBucketName, trailBucketName, uploadPrefix } from './names.ts'
import type { AccountParams, DataSourceParams, EndpointParams, OrganizationParams, ProjectParams } from './params.ts'
import { allow } from './statement.ts'

/** Documents of stack `account`. Needs nothing that the stack makes, so that the first plan is proved as it is applied. */
export const compileAccount = (params: AccountParams): Compiled =>
  compiled({
    boundary: { text: render(boundary(params)), kind: 'managed' },
    'data-bucket': { text: render(dataBucketPolicy(params)), kind: 'bucket' },
    'domain-trust': { text: render([trustSageMaker(params)]), kind: 'trust' },
    'event-queue': { text: render(eventQueuePolicy(params)) },
    'interface-endpoint': { text: render(statementsFor('interface-endpoint', params)), kind: 'endpoint' },
    key: { text: render(keyPolicy(params)), kind: 'key' },
    's3-endpoint': { text: render(statementsFor('s3-endpoint', params)), kind: 'endpoint' },
    'trail-bucket': { text: render(trailBucketPolicy(params)), kind: 'bucket' },
  })

/** Documents of stack `project`: three roles and who may assume them. */
export const compileProject = (params: ProjectParams): Compiled => {
  const trust = { text: render([trustSageMaker(params)]), kind: 'trust' as const }
  return compiled({
    inference: { text: render(inferencePolicy(params)), kind: 'managed' },
    'inference-trust': trust,
    studio: { text: render(studioPolicy(params)), kind: 'managed' },
    'studio-guards': { text: render(studioGuards(params)), kind: 'managed' },
    'studio-trust': trust,
    training: { text: render(trainingPolicy(params)), kind: 'managed' },
    'training-trust': trust,
  })
}

/** Where the objects of a data source are. */
export const dataSourcePlace = (params: DataSourceParams): { bucket: string; prefix: string } =>
  params.dataSource.kind === 's3'
    ? { bucket: params.dataSource.bucket, prefix: params.dataSource.prefix }
    : { bucket: dataBucketName(params), prefix: uploadPrefix(params.project.name, params.dataSource.name) }

/**
 * Document of stack `data-source`: reading one prefix, for the project's studio and training roles.
 * @throws when it names a bucket that was not agreed, or one of UAIS: by it a project could read another's files
 */
export function compileDataSource(params: DataSourceParams): Compiled {
  // DAT-6 keeps the platform from folders of that name inside of data, and so from the note that it leaves there.
  if (params.dataSource.name === 'models')
    throw new Error(
      'compiling the data source "models": that name is kept for artifacts, which the platform may read; choose another',
    )
  const { bucket, prefix } = dataSourcePlace(params)
  if (params.dataSource.kind === 's3' && params.approvedBuckets?.includes(bucket) === false)
    throw new Error(
      `compiling the data source "${params.dataSource.name}": ${bucket} is not among the buckets that this account's ` +
        'owner agreed to; ask the owner to add it',
    )
  if (params.dataSource.kind === 's3' && [dataBucketName(params), trailBucketName(params)].includes(bucket))
    throw new Error(
      `compiling the data source "${params.dataSource.name}": ${bucket} is a bucket of UAIS, where projects are kept ` +
        'apart; name a bucket of your own, or bring files by an upload',
    )
  const arn = bucketArn(params, bucket)
  const read = [
    allow('ListSource', {
      Action: 's3:ListBucket',
      Resource: arn,
      Condition: { StringLike: { 's3:prefix': [`${prefix}*`] } },
    }),
    allow('ReadSource', { Action: 's3:GetObject', Resource: `${arn}/${prefix}*` }),
  ]
  return compiled({ read: { text: render(read), kind: 'role-inline' } })
}

/**
 * Document of stack `endpoint`: locks the served artifact against the project's own roles.
 * @throws when the artifact is not in the project's models prefix: nothing else may be served
 */
export function compileEndpoint(params: EndpointParams): Compiled {
  const home = `s3://${dataBucketName(params)}/`
  const key = params.endpoint.artifactUri.slice(home.length)
  if (!params.endpoint.artifactUri.startsWith(home) || !key.startsWith(`projects/${params.project.name}/models/`))
    throw new Error(
      `compiling the endpoint "${params.endpoint.name}": the artifact ${params.endpoint.artifactUri} is not below ` +
        `${home}projects/${params.project.name}/models/; train it in this project`,
    )
  return compiled({
    'artifact-lock': { text: render([artifactLock(params, key)]), kind: 'role-inline' },
  })
}

/**
 * Policies of stack `organization`: service control policies (`guardrails-1`, …), which bind the account's principals,
 * and resource control policies (`resource-guardrails-1`, …), which bind everybody at its resources. Where the owner
 * wants a stop, `budget-stop` as well: AWS Budgets attaches it, not the stack.
 * @throws PolicyTooLarge when they do not fit beside AWS's own FullAWSAccess and RCPFullAWSAccess
 */
export const compileOrganization = (params: OrganizationParams): Compiled =>
  compiled({
    ...(params.budgetStop ? { 'budget-stop': { text: render(budgetStop(params)), kind: 'scp' as const } } : {}),
    ...numbered('guardrails', 'scp', params, within(params, 'aws:PrincipalAccount', statementsFor('scp', params))),
    ...numbered(
      'resource-guardrails',
      'rcp',
      params,
      within(params, 'aws:ResourceAccount', statementsFor('rcp', params)),
    ),
  })

/** Attached above the account: other accounts below the target are none of our business. */
function within(params: OrganizationParams, key: string, statements: readonly PolicyStatement[]): PolicyStatement[] {
  if (params.targetId === undefined || params.targetId === params.awsAccountId) return [...statements]
  return statements.map((statement) => {
    const { StringEquals, ...others } = statement.Condition ?? {}
    return {
      ...statement,
      Condition: { ...others, StringEquals: { ...StringEquals, [key]: params.awsAccountId } },
    }
  })
}

/**
 * As few documents as hold the statements, in catalogue order. One place at the target is AWS's own, and one is kept for
 * the stop of the budget where there is one.
 */
function numbered(
  name: string,
  kind: keyof typeof policiesPerTarget,
  { budgetStop }: AccountParams,
  statements: readonly PolicyStatement[],
) {
  const places = policiesPerTarget[kind] - 1 - (kind === 'scp' && budgetStop ? 1 : 0)
  const documents: PolicyStatement[][] = []
  for (const statement of statements) {
    const last = documents.at(-1)
    if (last && render([...last, statement]).length <= sizeLimits[kind].limit) last.push(statement)
    else documents.push([statement])
  }
  if (documents.length > places)
    throw new PolicyTooLarge(
      `compiling the organization's policies: ${documents.length} documents of kind ${kind}, and ` + `${places} fit`,
    )
  return Object.fromEntries(
    documents.map((document, index) => [`${name}-${index + 1}`, { text: render(document), kind }]),
  )
}
