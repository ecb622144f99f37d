import {
  AddTagsCommand,
  CreateNotebookInstanceCommand,
  type CreateNotebookInstanceCommandInput,
  CreateNotebookInstanceLifecycleConfigCommand,
  CreatePresignedNotebookInstanceUrlCommand,
  DeleteNotebookInstanceCommand,
  DeleteNotebookInstanceLifecycleConfigCommand,
  DescribeNotebookInstanceCommand,
  DescribeNotebookInstanceLifecycleConfigCommand,
  ListNotebookInstanceLifecycleConfigsCommand,
  ListNotebookInstancesCommand,
  SageMakerClient,
  StartNotebookInstanceCommand,
  StopNotebookInstanceCommand,
  UpdateNotebookInstanceCommand,
  UpdateNotebookInstanceLifecycleConfigCommand,
} from '@aws-sdk/client-sagemaker'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'
import { makeProject, type TestProject } from './test-project.ts'

let bench: TestBench
let project: TestProject
let sagemaker: SageMakerClient
beforeAll(async () => {
  bench = await startTestBench()
  project = await makeProject(bench)
  sagemaker = project.sagemaker
})
afterAll(() => bench.stop())

const arn = (name: string) => `arn:aws:sagemaker:eu-west-1:${accounts.claims}:notebook-instance/${name}`

function notebook(NotebookInstanceName: string, changes: Partial<CreateNotebookInstanceCommandInput> = {}) {
  return new CreateNotebookInstanceCommand({
    NotebookInstanceName,
    InstanceType: 'ml.t3.medium',
    RoleArn: project.roleArn,
    SubnetId: project.vpc.Subnets[0],
    SecurityGroupIds: project.vpc.SecurityGroupIds,
    KmsKeyId: project.keyArn,
    DirectInternetAccess: 'Disabled',
    RootAccess: 'Disabled',
    ...changes,
  })
}

const described = (name: string) => sagemaker.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName: name }))

async function reaches(name: string, status: string) {
  for (let tries = 0; tries < 100; tries++) {
    if ((await described(name)).NotebookInstanceStatus === status) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect.fail(`${name} did not become ${status}`)
}

test('a notebook instance goes through its states', async () => {
  bench.sandbox.kernel.settleMs = 150
  const NotebookInstanceName = 'Life'
  const named = { NotebookInstanceName }
  await sagemaker.send(notebook(NotebookInstanceName, { Tags: [{ Key: 'a', Value: 'b' }] }))
  expect(await described('Life')).toMatchObject({
    NotebookInstanceArn: arn('life'),
    NotebookInstanceStatus: 'Pending',
    SecurityGroups: project.vpc.SecurityGroupIds,
    VolumeSizeInGB: 5,
    Url: expect.stringMatching(/^life-[0-9a-f]{4}\.notebook\.eu-west-1\.sagemaker\.aws$/),
  })
  expect(await refusal(sagemaker.send(new StopNotebookInstanceCommand(named)))).toEqual({
    code: 'ValidationException',
    status: 400,
    message: `Status (Pending) not in ([InService]). Unable to transition to (Stopping) for Notebook Instance (${arn('life')})`,
  })
  await reaches('Life', 'InService')
  const { AuthorizedUrl } = await sagemaker.send(new CreatePresignedNotebookInstanceUrlCommand(named))
  expect(AuthorizedUrl).toMatch(/^https:\/\/life-.*\.sagemaker\.aws\?authToken=.{40,}/)
  expect((await refusal(sagemaker.send(new UpdateNotebookInstanceCommand(named)))).message).toContain(
    'Status (InService) not in',
  )
  await sagemaker.send(new StopNotebookInstanceCommand(named))
  expect((await described('Life')).NotebookInstanceStatus).toBe('Stopping')
  await reaches('Life', 'Stopped')
  await sagemaker.send(new UpdateNotebookInstanceCommand({ ...named, InstanceType: 'ml.t3.large', VolumeSizeInGB: 10 }))
  expect(await described('Life')).toMatchObject({ NotebookInstanceStatus: 'Updating', InstanceType: 'ml.t3.large' })
  await reaches('Life', 'Stopped')
  expect((await refusal(sagemaker.send(new UpdateNotebookInstanceCommand({ ...named, VolumeSizeInGB: 5 })))).code).toBe(
    'ValidationException',
  )
  await sagemaker.send(new StartNotebookInstanceCommand(named))
  await reaches('Life', 'InService')
  expect((await refusal(sagemaker.send(new DeleteNotebookInstanceCommand(named)))).message).toBe(
    `Status (InService) not in ([Stopped, Failed]). Unable to transition to (Deleting) for Notebook Instance (${arn('life')})`,
  )
  await sagemaker.send(new StopNotebookInstanceCommand(named))
  await reaches('Life', 'Stopped')
  await sagemaker.send(new DeleteNotebookInstanceCommand(named))
  expect((await described('Life')).NotebookInstanceStatus).toBe('Deleting')
  await expect
    .poll(() =>
      refusal(described('Life')).then(
        ({ message }) => message,
        () => '',
      ),
    )
    .toBe('RecordNotFound')
  const tag = new AddTagsCommand({ ResourceArn: arn('life'), Tags: [{ Key: 'c', Value: 'd' }] })
  expect((await refusal(sagemaker.send(tag))).code).toBe('ValidationException')
  bench.sandbox.kernel.settleMs = 0
})

test('lists are sorted by name and filtered', async () => {
  for (const name of ['list-b', 'list-a']) await sagemaker.send(notebook(name))
  await reaches('list-a', 'InService')
  const names = async (input: object) =>
    (await sagemaker.send(new ListNotebookInstancesCommand(input))).NotebookInstances?.map(
      (each) => each.NotebookInstanceName,
    )
  expect(await names({ NameContains: 'list-' })).toEqual(['list-a', 'list-b'])
  expect(await names({ NameContains: 'list-', SortBy: 'CreationTime', SortOrder: 'Ascending' })).toEqual([
    'list-b',
    'list-a',
  ])
  expect(await names({ StatusEquals: 'Failed' })).toEqual([])
})

test('lifecycle configurations are kept, changed, and not deleted while they are used', async () => {
  const named = { NotebookInstanceLifecycleConfigName: 'setup' }
  const script = (text: string) => [{ Content: Buffer.from(text).toString('base64') }]
  const create = new CreateNotebookInstanceLifecycleConfigCommand({ ...named, OnStart: script('echo 1') })
  await sagemaker.send(create)
  expect((await refusal(sagemaker.send(create))).message).toContain('already exists')
  await sagemaker.send(new UpdateNotebookInstanceLifecycleConfigCommand({ ...named, OnStart: script('echo 2') }))
  const config = await sagemaker.send(new DescribeNotebookInstanceLifecycleConfigCommand(named))
  expect(config.OnStart).toEqual(script('echo 2'))
  const listed = await sagemaker.send(new ListNotebookInstanceLifecycleConfigsCommand({}))
  expect(listed.NotebookInstanceLifecycleConfigs).toMatchObject([named])
  await sagemaker.send(notebook('with-config', { LifecycleConfigName: 'setup' }))
  const remove = new DeleteNotebookInstanceLifecycleConfigCommand(named)
  expect((await refusal(sagemaker.send(remove))).message).toContain('in use')
  await reaches('with-config', 'InService')
  await sagemaker.send(new StopNotebookInstanceCommand({ NotebookInstanceName: 'with-config' }))
  await reaches('with-config', 'Stopped')
  await sagemaker.send(
    new UpdateNotebookInstanceCommand({ NotebookInstanceName: 'with-config', DisassociateLifecycleConfig: true }),
  )
  await sagemaker.send(remove)
  expect((await refusal(sagemaker.send(notebook('without', { LifecycleConfigName: 'setup' })))).message).toContain(
    'Notebook Instance Lifecycle Config does not exist.',
  )
})

describe('creation is refused', () => {
  it.each([
    ['under a name that is taken', () => notebook('LIST-A'), /^Cannot create a duplicate Notebook Instance/],
    ['without a subnet where there is no internet', () => notebook('x', { SubnetId: undefined }), /^SubnetId must be/],
    ['in a subnet that is not there', () => notebook('x', { SubnetId: 'subnet-0' }), /does not exist/],
    [
      'with a role that SageMaker cannot assume',
      () => notebook('x', { RoleArn: `arn:aws:iam::${accounts.claims}:role/admin` }),
      /^Could not assume role/,
    ],
  ])('%s', async (_name, command, message) => {
    expect(await refusal(sagemaker.send(command()))).toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(message),
    })
  })
})

/** Service Authorization Reference, Amazon SageMaker AI: CreateNotebookInstance, UpdateNotebookInstance. */
describe('what policies see', () => {
  const lifecycle = `arn:aws:sagemaker:eu-west-1:${accounts.claims}:notebook-instance-lifecycle-config/seen`
  const request: Partial<CreateNotebookInstanceCommandInput> = {
    LifecycleConfigName: 'seen',
    InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
  }
  const conditions = (): [string, object][] => [
    ['subnet', { 'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': project.vpc.Subnets } }],
    ['groups', { 'ForAllValues:StringEquals': { 'sagemaker:VpcSecurityGroupIds': project.vpc.SecurityGroupIds } }],
    ['key', { ArnEquals: { 'sagemaker:VolumeKmsKeyArn': project.keyArn } }],
    ['instance type', { 'ForAnyValue:StringEquals': { 'sagemaker:InstanceTypes': 'ml.t3.medium' } }],
    ['internet', { StringEquals: { 'sagemaker:DirectInternetAccess': 'Disabled' } }],
    ['root', { StringEquals: { 'sagemaker:RootAccess': 'Disabled' } }],
    ['metadata service', { StringEquals: { 'sagemaker:MinimumInstanceMetadataServiceVersion': '2' } }],
    ['lifecycle', { 'ForAnyValue:ArnEquals': { 'sagemaker:NotebookInstanceLifecycleConfigArns': lifecycle } }],
    ['tags', { StringEquals: { 'aws:RequestTag/a': 'b' } }],
  ]
  const attempt = async (name: string, Condition: object) => {
    bench.role('claims', 'seer', [
      { Effect: 'Allow', Action: 'sagemaker:CreateNotebookInstance', Resource: arn('*'), Condition },
      { Effect: 'Allow', Action: ['iam:PassRole', 'sagemaker:AddTags', 'kms:CreateGrant'], Resource: '*' },
    ])
    const client = new SageMakerClient(await bench.as('claims', 'seer'))
    return client.send(notebook(name, { ...request, Tags: [{ Key: 'a', Value: 'b' }] }))
  }

  it('every key of the request', async () => {
    await sagemaker.send(
      new CreateNotebookInstanceLifecycleConfigCommand({ NotebookInstanceLifecycleConfigName: 'seen' }),
    )
    for (const [index, [name, condition]] of conditions().entries())
      expect((await attempt(`seen-${index}`, condition)).NotebookInstanceArn, name).toBe(arn(`seen-${index}`))
    const open = { StringEquals: { 'sagemaker:DirectInternetAccess': 'Enabled' } }
    expect((await refusal(attempt('unseen', open))).code).toBe('AccessDeniedException')
  })

  it('the role that is handed on, and the tags of what is changed', async () => {
    bench.role('claims', 'passer', [{ Effect: 'Allow', Action: 'sagemaker:*', Resource: '*' }])
    const client = new SageMakerClient(await bench.as('claims', 'passer'))
    expect((await refusal(client.send(notebook('passed')))).message).toContain('iam:PassRole')
    bench.role('claims', 'tagged', [
      {
        Effect: 'Allow',
        Action: 'sagemaker:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/owner': 'me' } },
      },
    ])
    await sagemaker.send(notebook('mine', { Tags: [{ Key: 'owner', Value: 'me' }] }))
    await reaches('mine', 'InService')
    const tagged = new SageMakerClient(await bench.as('claims', 'tagged'))
    await tagged.send(new CreatePresignedNotebookInstanceUrlCommand({ NotebookInstanceName: 'mine' }))
    const other = new CreatePresignedNotebookInstanceUrlCommand({ NotebookInstanceName: 'list-a' })
    expect((await refusal(tagged.send(other))).code).toBe('AccessDeniedException')
  })
})
