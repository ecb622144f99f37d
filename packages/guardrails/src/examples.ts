import {
  type AccountParams,
  boundaryArn,
  budgetStopRoleArn,
  compileAccount,
  compileDataSource,
  compileDetective,
  compileEndpoint,
  compileOrganization,
  compileProject,
  dataBucketName,
  dataSourcePlace,
  type Network,
  type ProjectParams,
  projectRoleArn,
  projectRoleName,
  splunkVariable,
  trailBucketName,
} from './index.ts'

/** What earlier stacks made, as later ones need it. */
export interface Live {
  network: Network
  keyArn: string
  domainId: string
}

/** A data owner of the sandbox organisation, with the sandbox's account ids. */
export const exampleAccount: AccountParams = {
  partition: 'aws',
  awsAccountId: '300000000003',
  accountName: 'claims',
  region: 'eu-west-1',
  platformAccountId: '200000000002',
  organizationId: 'o-uaissandbox',
  profile: 'regulated',
  breakGlassPrincipal: 'arn:aws:iam::300000000003:role/break-glass',
  budgetStop: { emails: ['owner@uais.example'] },
  egressProxy: { cidr: '10.60.15.0/28', port: 3128 },
  privateLinkServices: ['com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0'],
  splunk: { url: 'https://splunk.example.com:8088', index: 'aws', secret: 'security/splunk-hec' },
  /** The owner has a recorder: without one AWS takes no rules. */
  config: true,
}

/** Ids in AWS's format that stand for what the stack `account` makes. */
export const placeholders: Live = {
  network: {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
    securityGroupIds: ['sg-0a1b2c3d4e5f60733'],
  },
  keyArn: 'arn:aws:kms:eu-west-1:300000000003:key/11111111-2222-4333-8444-555555555555',
  domainId: 'd-abcdefghijkl',
}

/** What a platform would have made at random for this account. */
export const exampleExternalId = 'uais-example-0123456789abcdef'

/** Live ids from `terraform output -json` of the stack `account`. */
export function liveFrom(outputs: Record<string, { value: unknown }>): Live {
  const value = <T>(name: string): T => {
    if (outputs[name] === undefined) throw new Error(`reading the outputs of the stack account: there is no ${name}`)
    return outputs[name].value as T
  }
  return {
    network: {
      vpcId: value('vpc_id'),
      subnetIds: value('subnet_ids'),
      securityGroupIds: value('security_group_ids'),
    },
    keyArn: value('key_arn'),
    domainId: value('domain_id'),
  }
}

const project = 'fraud'
const tags = (stack: string, more: Record<string, string> = {}) => ({
  ManagedBy: 'UAIS',
  'uais:account': exampleAccount.accountName,
  'uais:stack': stack,
  ...more,
})
/** The example project, with placeholders for what the stack `account` makes. */
export const inProject = (live: Live = placeholders): ProjectParams => ({
  ...exampleAccount,
  ...live,
  project: { name: project },
})
const place = { aws_account_id: exampleAccount.awsAccountId, region: exampleAccount.region }
const readers = [projectRoleName(project, 'studio'), projectRoleName(project, 'training')]

const detective = compileDetective(exampleAccount)

const account = () => ({
  ...place,
  boundary_arn: boundaryArn(exampleAccount),
  config_rules: detective.configRules,
  data_bucket: dataBucketName(exampleAccount),
  destroy_data: true,
  egress_proxy: exampleAccount.egressProxy,
  event_rules: detective.eventRules,
  // Fewer than the default: each is an hourly cost, and these are what a training job needs.
  interface_endpoints: ['kms', 'logs', 'sagemaker.api', 'sts'],
  monthly_budget_usd: 1000,
  policies: compileAccount(exampleAccount).policies,
  private_link_services: exampleAccount.privateLinkServices,
  splunk: splunkVariable(detective.splunk.forwarding),
  tags: tags('account/claims'),
  trail: { bucket: trailBucketName(exampleAccount), retention_days: 1 },
})

const projectOf = (live: Live) => ({
  ...place,
  boundary_arn: boundaryArn(exampleAccount),
  data_bucket: dataBucketName(exampleAccount),
  key_arn: live.keyArn,
  monthly_budget_usd: 200,
  name: project,
  policies: compileProject(inProject(live)).policies,
  tags: tags(`project/claims/${project}`, { 'uais:project': project }),
})

const dataSource = (live: Live, dataSource: Parameters<typeof compileDataSource>[0]['dataSource']) => {
  const params = { ...inProject(live), dataSource }
  return {
    ...place,
    ...dataSourcePlace(params),
    key_arn: live.keyArn,
    kind: dataSource.kind,
    name: dataSource.name,
    policies: compileDataSource(params).policies,
    project,
    role_names: readers,
    tags: tags(`data-source/claims/${project}/${dataSource.name}`, { 'uais:project': project }),
  }
}

const endpoint = (live: Live) => {
  const artifactUri = `s3://${dataBucketName(exampleAccount)}/projects/${project}/models/${project}--1/output/model.tar.gz`
  return {
    ...place,
    // Of the empty artifact that the tests put there.
    artifact: { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', uri: artifactUri },
    data_bucket: dataBucketName(exampleAccount),
    environment: 'test',
    image_uri: '438346466558.dkr.ecr.eu-west-1.amazonaws.com/linear-learner:1',
    inference_role_arn: projectRoleArn(exampleAccount, project, 'inference'),
    instance_type: 'ml.m5.large',
    key_arn: live.keyArn,
    locked_role_names: readers,
    model_package_arn: `arn:aws:sagemaker:eu-west-1:300000000003:model-package/uais-${project}/1`,
    name: 'live',
    policies: compileEndpoint({ ...inProject(live), endpoint: { name: 'live', artifactUri } }).policies,
    project,
    security_group_ids: live.network.securityGroupIds,
    subnet_ids: live.network.subnetIds,
    tags: tags(`endpoint/claims/${project}/live`, { 'uais:project': project }),
  }
}

const managementAccount = '100000000001'
const organization = (live: Live) => ({
  aws_account_id: managementAccount,
  budget_stop: {
    account_id: exampleAccount.awsAccountId,
    emails: exampleAccount.budgetStop?.emails,
    limit_usd: 1000,
    role_arn: budgetStopRoleArn(exampleAccount, managementAccount),
  },
  name: exampleAccount.accountName,
  policies: compileOrganization({ ...exampleAccount, ...live }).policies,
  region: exampleAccount.region,
  tags: tags('organization/claims'),
  target_id: exampleAccount.awsAccountId,
})

/** Variables of every example by `<stack>/<name>`, for the given live things. */
export const examples = (live: Live = placeholders): Record<string, object> => ({
  'account/claims': account(),
  'data-source/claims-history': dataSource(live, {
    kind: 's3',
    name: 'history',
    bucket: 'claims-history-300000000003',
    prefix: 'claims/2026/',
  }),
  'data-source/uploads': dataSource(live, { kind: 'upload', name: 'uploads' }),
  'endpoint/live': endpoint(live),
  'organization/claims': organization(live),
  'project/fraud': projectOf(live),
})
