import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let admin: SSMClient

beforeAll(async () => {
  bench = await startTestBench()
  admin = new SSMClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const put = (Name: string, Value: string, more: object = {}) =>
  admin.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }))
const get = (Name: string, more: object = {}, client = admin) => client.send(new GetParameterCommand({ Name, ...more }))

async function clientOf(role: string, statements: object[]) {
  bench.role('claims', role, statements)
  return new SSMClient(await bench.as('claims', role))
}

describe('parameters', () => {
  it('keep their versions', async () => {
    expect(await put('/uais/a', 'one')).toMatchObject({ Version: 1, Tier: 'Standard' })
    expect(await refusal(put('/uais/a', 'two'))).toMatchObject({ code: 'ParameterAlreadyExists' })
    expect(await put('/uais/a', 'two', { Overwrite: true, Type: undefined })).toMatchObject({ Version: 2 })
    expect((await get('/uais/a')).Parameter).toMatchObject({
      Value: 'two',
      Version: 2,
      Type: 'String',
      DataType: 'text',
      ARN: 'arn:aws:ssm:eu-west-1:300000000003:parameter/uais/a',
    })
    expect((await get('/uais/a:1')).Parameter).toMatchObject({ Value: 'one', Selector: ':1' })
    expect((await get('arn:aws:ssm:eu-west-1:300000000003:parameter/uais/a')).Parameter?.Value).toBe('two')
    await admin.send(new LabelParameterVersionCommand({ Name: '/uais/a', ParameterVersion: 1, Labels: ['stable'] }))
    expect((await get('/uais/a:stable')).Parameter?.Value).toBe('one')
    const { Parameters } = await admin.send(new GetParameterHistoryCommand({ Name: '/uais/a' }))
    expect(Parameters?.map((item) => [item.Version, item.Value, item.Labels])).toEqual([
      [1, 'one', ['stable']],
      [2, 'two', []],
    ])
    expect(await refusal(get('/uais/a:9'))).toMatchObject({ code: 'ParameterVersionNotFound' })
  })

  it('are checked', async () => {
    for (const [call, code] of [
      [put('ssm-x', 'x'), 'ValidationException'],
      [put('/aws/x', 'x'), 'AccessDeniedException'],
      [put('a/b', 'x'), 'ValidationException'],
      [put('a b', 'x'), 'ValidationException'],
      [put(`/${'a/'.repeat(16)}b`, 'x'), 'HierarchyLevelLimitExceededException'],
      [put('big', 'x'.repeat(4097)), 'ValidationException'],
      [put('typeless', 'x', { Type: undefined }), 'ValidationException'],
      [put('pattern', 'abc', { AllowedPattern: '\\d+' }), 'ParameterPatternMismatchException'],
      [put('pattern', 'abc', { AllowedPattern: '(' }), 'InvalidAllowedPatternException'],
      [put('both', 'x', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] }), 'ValidationException'],
      [get('nothing'), 'ParameterNotFound'],
      [admin.send(new DeleteParameterCommand({ Name: 'nothing' })), 'ParameterNotFound'],
    ] as const)
      expect(await refusal(call)).toMatchObject({ code })
    await put('typed', 'x')
    expect(await refusal(put('typed', 'x', { Type: 'SecureString', Overwrite: true }))).toMatchObject({
      code: 'HierarchyTypeMismatchException',
    })
    expect(await put('big', 'x'.repeat(5000), { Tier: 'Advanced' })).toMatchObject({ Tier: 'Advanced' })
  })

  it('are read in lots and by path', async () => {
    for (const name of ['/tree/a', '/tree/b', '/tree/sub/c', '/other/d']) await put(name, name)
    const lot = await admin.send(new GetParametersCommand({ Names: ['/tree/a', '/nothing'] }))
    expect(lot.Parameters).toHaveLength(1)
    expect(lot.InvalidParameters).toEqual(['/nothing'])
    const byPath = (more: object) => admin.send(new GetParametersByPathCommand({ Path: '/tree', ...more }))
    expect((await byPath({})).Parameters?.map((item) => item.Name)).toEqual(['/tree/a', '/tree/b'])
    const seen: (string | undefined)[] = []
    const pages = paginateGetParametersByPath({ client: admin, pageSize: 1 }, { Path: '/tree/', Recursive: true })
    for await (const page of pages) seen.push(...(page.Parameters ?? []).map((item) => item.Name))
    expect(seen).toEqual(['/tree/a', '/tree/b', '/tree/sub/c'])
    const described = await admin.send(
      new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Path', Option: 'Recursive', Values: ['/tree'] }] }),
    )
    expect(described.Parameters).toHaveLength(3)
    const deleted = await admin.send(new DeleteParametersCommand({ Names: ['/tree/a', '/nothing'] }))
    expect(deleted).toMatchObject({ DeletedParameters: ['/tree/a'], InvalidParameters: ['/nothing'] })
  })

  it('carry tags', async () => {
    await put('tagged', 'x', { Tags: [{ Key: 'a', Value: '1' }] })
    const resource = { ResourceType: 'Parameter' as const, ResourceId: 'tagged' }
    await admin.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'b', Value: '2' }] }))
    await admin.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['a'] }))
    const { TagList } = await admin.send(new ListTagsForResourceCommand(resource))
    expect(TagList).toEqual([{ Key: 'b', Value: '2' }])
    const unknown = new ListTagsForResourceCommand({ ...resource, ResourceId: 'nothing' })
    expect(await refusal(admin.send(unknown))).toMatchObject({ code: 'InvalidResourceId' })
  })
})

describe('secure strings', () => {
  it('are encrypted by KMS, in either tier', async () => {
    for (const [name, Tier] of [
      ['secure', 'Standard'],
      ['secure-long', 'Advanced'],
    ] as const) {
      await put(name, 'hunter2', { Type: 'SecureString', Tier })
      const sealed = (await get(name)).Parameter?.Value ?? ''
      expect(sealed).not.toContain('hunter2')
      expect((await get(name, { WithDecryption: true })).Parameter?.Value).toBe('hunter2')
      await put(name, 'hunter3', { Type: 'SecureString', Overwrite: true })
      expect((await get(`${name}:1`, { WithDecryption: true })).Parameter?.Value).toBe('hunter2')
    }
    const { Parameters } = await admin.send(
      new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Values: ['secure'] }] }),
    )
    expect(Parameters).toMatchObject([{ Name: 'secure', KeyId: 'alias/aws/ssm' }])
    const kept = JSON.stringify([...bench.sandbox.kernel.store.tables()].map(({ rows }) => [...rows.values()]))
    expect(kept).not.toContain('hunter2')
  })
})

describe('permissions', () => {
  it('are per parameter', async () => {
    await put('/p/a', 'a', { Tags: [{ Key: 'project', Value: 'a' }] })
    await put('/p/b', 'b')
    const reader = await clientOf('ssm-reader', [
      { Effect: 'Allow', Action: 'ssm:GetParameter*', Resource: 'arn:aws:ssm:eu-west-1:300000000003:parameter/p/a' },
    ])
    expect((await get('/p/a', {}, reader)).Parameter?.Value).toBe('a')
    expect(await refusal(get('/p/b', {}, reader))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining('on resource: arn:aws:ssm:eu-west-1:300000000003:parameter/p/b'),
    })
    expect(await refusal(reader.send(new GetParametersCommand({ Names: ['/p/a', '/p/b'] })))).toMatchObject({
      code: 'AccessDeniedException',
    })
    expect(await refusal(reader.send(new GetParametersByPathCommand({ Path: '/p' })))).toMatchObject({
      code: 'AccessDeniedException',
    })
    const tagged = await clientOf('ssm-tagged', [
      {
        Effect: 'Allow',
        Action: 'ssm:GetParameter',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/project': 'a' } },
      },
    ])
    expect((await get('/p/a', {}, tagged)).Parameter?.Value).toBe('a')
    expect(await refusal(get('/p/b', {}, tagged))).toMatchObject({ code: 'AccessDeniedException' })
  })

  it('can require that nothing is overwritten', async () => {
    const once = await clientOf('ssm-once', [
      {
        Effect: 'Allow',
        Action: 'ssm:PutParameter',
        Resource: '*',
        Condition: { StringEquals: { 'ssm:Overwrite': 'false' } },
      },
    ])
    await once.send(new PutParameterCommand({ Name: 'once', Value: 'x', Type: 'String' }))
    const again = new PutParameterCommand({ Name: 'once', Value: 'y', Type: 'String', Overwrite: true })
    expect(await refusal(once.send(again))).toMatchObject({ code: 'AccessDeniedException' })
  })
})
