import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateApiDestinationCommand,
  type CreateApiDestinationCommandInput,
  CreateConnectionCommand,
  type CreateConnectionCommandInput,
  DeleteApiDestinationCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  UpdateApiDestinationCommand,
  UpdateConnectionCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let client: EventBridgeClient
let outside: Server
let received: { headers: IncomingHttpHeaders; body: string }[]
let status = 200

beforeAll(async () => {
  bench = await startTestBench()
  client = new EventBridgeClient(await bench.as('claims', 'admin'))
  outside = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  outside.close()
  await bench.stop()
})
beforeEach(() => {
  received = []
  status = 200
})

const endpoint = () => `http://127.0.0.1:${(outside.address() as AddressInfo).port}/services/collector/event`
const byKey = (Name: string, ApiKeyValue = 'Splunk abc'): CreateConnectionCommandInput => ({
  Name,
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'Authorization', ApiKeyValue } },
})
const connect = async (Name: string) =>
  (await client.send(new CreateConnectionCommand(byKey(Name)))).ConnectionArn ?? ''
const destination = (Name: string, ConnectionArn: string, more: Partial<CreateApiDestinationCommandInput> = {}) =>
  client.send(
    new CreateApiDestinationCommand({
      ...{ Name, ConnectionArn, InvocationEndpoint: endpoint(), HttpMethod: 'POST' },
      ...more,
    }),
  )

describe('a connection', () => {
  it('keeps its key in a secret, shows it to nobody, and ends with it', async () => {
    const arn = await connect('kept')
    expect(arn).toMatch(/^arn:aws:events:eu-west-1:300000000003:connection\/kept\/[0-9a-f-]{36}$/)
    const shown = await client.send(new DescribeConnectionCommand({ Name: 'kept' }))
    expect(shown).toMatchObject({
      ConnectionState: 'AUTHORIZED',
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'Authorization' } },
    })
    expect(JSON.stringify(shown)).not.toContain('abc')
    const secrets = new SecretsManagerClient(await bench.as('claims', 'admin'))
    const read = () => secrets.send(new GetSecretValueCommand({ SecretId: shown.SecretArn }))
    expect((await read()).SecretString).toContain('Splunk abc')
    await client.send(new UpdateConnectionCommand(byKey('kept', 'Splunk def') as never))
    expect((await read()).SecretString).toContain('Splunk def')
    expect(await refusal(connect('kept'))).toMatchObject({ code: 'ResourceAlreadyExistsException' })
    await client.send(new DeleteConnectionCommand({ Name: 'kept' }))
    expect((await refusal(read())).code).toBe('ResourceNotFoundException')
    const gone = client.send(new DescribeConnectionCommand({ Name: 'kept' }))
    expect(await refusal(gone)).toMatchObject({ code: 'ResourceNotFoundException' })
  })

  it('needs the right to make the secret, and the parameters of its type', async () => {
    bench.role('claims', 'no-secrets', [{ Effect: 'Allow', Action: 'events:*', Resource: '*' }])
    const other = new EventBridgeClient(await bench.as('claims', 'no-secrets'))
    const made = other.send(new CreateConnectionCommand(byKey('refused')))
    expect((await refusal(made)).message).toContain('secretsmanager:CreateSecret')
    const basic = { ...byKey('basic'), AuthorizationType: 'BASIC' as const }
    expect(await refusal(client.send(new CreateConnectionCommand(basic)))).toMatchObject({
      code: 'ValidationException',
    })
  })
})

describe('an API destination', () => {
  it('is kept, changed and deleted, and needs TLS and a connection that exists', async () => {
    const arn = await connect('for-destination')
    await destination('kept', arn, { InvocationEndpoint: 'https://splunk.example.com:8088/x' })
    await client.send(new UpdateApiDestinationCommand({ Name: 'kept', InvocationRateLimitPerSecond: 50 }))
    expect(await client.send(new DescribeApiDestinationCommand({ Name: 'kept' }))).toMatchObject({
      ...{ ApiDestinationState: 'ACTIVE', ConnectionArn: arn, InvocationRateLimitPerSecond: 50 },
      InvocationEndpoint: 'https://splunk.example.com:8088/x',
    })
    await client.send(new DeleteApiDestinationCommand({ Name: 'kept' }))
    const gone = client.send(new DescribeApiDestinationCommand({ Name: 'kept' }))
    expect(await refusal(gone)).toMatchObject({ code: 'ResourceNotFoundException' })
    const plain = destination('plain', arn, { InvocationEndpoint: 'http://splunk.example.com' })
    expect(await refusal(plain)).toMatchObject({ code: 'ValidationException' })
    const nowhere = destination('nowhere', arn.replace('for-destination', 'none'))
    expect(await refusal(nowhere)).toMatchObject({ code: 'ResourceNotFoundException' })
  })

  it('receives the events of a rule with the key of its connection, if the role of the target may call it', async () => {
    const made = await destination('hec', await connect('hec'))
    const iam = new IAMClient(await bench.as('claims', 'admin'))
    const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    const trust = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }
    await iam.send(new CreateRoleCommand({ RoleName: 'caller', AssumeRolePolicyDocument: document(trust) }))
    await client.send(new PutRuleCommand({ Name: 'all', EventPattern: '{"source":["test"]}' }))
    const target = {
      ...{ Id: 'hec', Arn: made.ApiDestinationArn, RoleArn: 'arn:aws:iam::300000000003:role/caller' },
      InputTransformer: { InputPathsMap: { detail: '$.detail' }, InputTemplate: '{"index":"aws","event":<detail>}' },
    }
    const unnamed = await client.send(
      new PutTargetsCommand({ Rule: 'all', Targets: [{ ...target, RoleArn: undefined }] }),
    )
    expect(unnamed.FailedEntries?.[0]?.ErrorMessage).toContain('RoleArn is required')
    await client.send(new PutTargetsCommand({ Rule: 'all', Targets: [target] }))
    const tell = (n: number) =>
      client.send(
        new PutEventsCommand({ Entries: [{ Source: 'test', DetailType: 't', Detail: JSON.stringify({ n }) }] }),
      )
    await tell(1)
    const allow = { Effect: 'Allow', Action: 'events:InvokeApiDestination', Resource: made.ApiDestinationArn }
    const PolicyDocument = document(allow)
    await iam.send(new PutRolePolicyCommand({ RoleName: 'caller', PolicyName: 'call', PolicyDocument }))
    await tell(2)
    await expect.poll(() => received).toHaveLength(1)
    expect(received[0]).toMatchObject({ body: '{"index":"aws","event":{"n":2}}' })
    expect(received[0]?.headers).toMatchObject({
      authorization: 'Splunk abc',
      'content-type': 'application/json; charset=utf-8',
    })
    status = 503
    await tell(3)
    await expect.poll(() => received.length, { timeout: 10_000 }).toBeGreaterThan(2)
  })
})
