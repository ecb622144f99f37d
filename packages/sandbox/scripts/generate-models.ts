/**
 * Writes models/<service>.json: the wire format and the constraints of each AWS service the sandbox speaks.
 *
 *   npx tsx packages/sandbox/scripts/generate-models.ts <directory of an unpacked botocore wheel>
 *
 * Shapes, bindings, constraints and paging come from botocore's models (Apache-2.0); error statuses and
 * query error codes from the schemas that the AWS SDK for JavaScript v3 exports (Apache-2.0).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ModelFile, OperationFile, PagesFile, ShapeFile } from '../src/wire/model-file.ts'

interface BotocoreShape {
  type: string
  members?: Record<string, Record<string, unknown>>
  member?: Record<string, unknown>
  key?: Record<string, unknown>
  value?: Record<string, unknown>
  [trait: string]: unknown
}

interface BotocoreOperation {
  name: string
  deprecated?: boolean
  http: { method: string; requestUri: string; responseCode?: number }
  input?: { shape: string; locationName?: string }
  output?: { shape: string; resultWrapper?: string }
}

interface BotocoreModel {
  metadata: Record<string, unknown>
  operations: Record<string, BotocoreOperation>
  shapes: Record<string, BotocoreShape>
}

type Paginators = Record<string, Record<string, unknown>>

/** [file in models/, directory in botocore/data, SDK client package] */
const services = [
  ['sts', 'sts', 'sts'],
  ['iam', 'iam', 'iam'],
  ['organizations', 'organizations', 'organizations'],
  ['s3', 's3', 's3'],
  ['kms', 'kms', 'kms'],
  ['secretsmanager', 'secretsmanager', 'secrets-manager'],
  ['ssm', 'ssm', 'ssm'],
  ['sqs', 'sqs', 'sqs'],
  ['logs', 'logs', 'cloudwatch-logs'],
  ['monitoring', 'cloudwatch', 'cloudwatch'],
  ['events', 'events', 'eventbridge'],
  ['cloudtrail', 'cloudtrail', 'cloudtrail'],
  ['ec2', 'ec2', 'ec2'],
  ['budgets', 'budgets', 'budgets'],
  ['config', 'config', 'config-service'],
  ['tagging', 'resourcegroupstaggingapi', 'resource-groups-tagging-api'],
  ['sagemaker', 'sagemaker', 'sagemaker'],
  ['runtime-sagemaker', 'sagemaker-runtime', 'sagemaker-runtime'],
] as const

/** EC2 has 830 operations; the sandbox is a VPC, not a compute cloud. */
const ec2Nouns =
  /(Vpcs?|VpcAttribute|VpcEndpoint\w*|Subnet\w*|SecurityGroup\w*|RouteTables?|Routes?|NetworkAcls?\w*|NetworkInterface\w*|PrefixLists?|AvailabilityZones|Regions|Tags|InternetGateways?|NatGateways?|Address(es)?|FlowLogs|DhcpOptions|AccountAttributes|Instances|InstanceTypes|Volumes|Snapshots|KeyPairs?|VpcPeeringConnections?|TransitGateways|VpnGateways|CustomerGateways|VpnConnections|ManagedPrefixLists?|EbsEncryptionByDefault|EbsDefaultKmsKeyId)$/

const traits = ['required', 'min', 'max', 'pattern', 'enum', 'payload', 'flattened', 'timestampFormat', 'locationName']
const memberTraits = [
  'shape',
  'location',
  'locationName',
  'queryName',
  'flattened',
  'xmlAttribute',
  'xmlNamespace',
  'timestampFormat',
  'jsonvalue',
]

const require = createRequire(import.meta.url)
const wheel = process.argv[2]
if (!wheel || !existsSync(join(wheel, 'botocore/data'))) {
  console.error('usage: generate-models.ts <directory that holds botocore/data>')
  process.exit(2)
}
const botocoreVersion = /^__version__ = '(.+)'$/m.exec(readFileSync(join(wheel, 'botocore/__init__.py'), 'utf8'))?.[1]

for (const [name, directory, client] of services) {
  const model = await generate(name, directory, client)
  const text = layOut(model)
  writeFileSync(new URL(`../models/${name}.json`, import.meta.url), text)
  console.log(`${name}: ${Object.keys(model.operations).length} operations, ${Math.round(text.length / 1024)} KiB`)
}

async function generate(name: string, directory: string, client: string): Promise<ModelFile> {
  const { source, paginators } = readBotocore(directory)
  const operations: Record<string, OperationFile> = {}
  for (const op of Object.values(source.operations)) {
    if (isKept(op, name)) operations[op.name] = operationOf(op, source, paginators[op.name], name)
  }
  const { metadata } = source
  const { version } = require(`@aws-sdk/client-${client}/package.json`) as { version: string }
  return {
    meta: {
      generator: 'packages/sandbox/scripts/generate-models.ts',
      botocore: botocoreVersion ?? 'unknown',
      sdk: `@aws-sdk/client-${client} ${version}`,
    },
    service: name,
    signingName: String(metadata.signingName ?? (name === 'monitoring' ? 'monitoring' : metadata.endpointPrefix)),
    protocols: metadata.protocols as ModelFile['protocols'],
    apiVersion: String(metadata.apiVersion),
    jsonVersion: metadata.jsonVersion as string | undefined,
    targetPrefix: metadata.targetPrefix as string | undefined,
    xmlNamespace: xmlNamespaceOf(name, metadata),
    queryCompatible: 'awsQueryCompatible' in metadata || undefined,
    errors: await errorsOf(client),
    operations,
    shapes: shapesUsed(operations, source.shapes),
  }
}

/** S3's deprecated operations have the routes of those that followed them (GetBucketLifecycle). */
function isKept(op: BotocoreOperation, service: string): boolean {
  if (service === 's3') return !op.deprecated
  return service !== 'ec2' || ec2Nouns.test(op.name)
}

/** S3's namespace stands on its request shapes, not in the metadata; EC2's answers carry a slash at the end. */
function xmlNamespaceOf(name: string, metadata: Record<string, unknown>): string | undefined {
  if (name === 's3') return 'http://s3.amazonaws.com/doc/2006-03-01/'
  if (name === 'ec2') return 'http://ec2.amazonaws.com/doc/2016-11-15/'
  return metadata.xmlNamespace as string | undefined
}

function readBotocore(directory: string) {
  const base = join(wheel as string, 'botocore/data', directory)
  const version = readdirSync(base).sort().at(-1) as string
  const read = (file: string) => {
    const path = join(base, version, file)
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
    if (existsSync(`${path}.gz`)) return JSON.parse(gunzipSync(readFileSync(`${path}.gz`)).toString())
    return undefined
  }
  const source = read('service-2.json') as BotocoreModel
  const paginators = ((read('paginators-1.json') as { pagination?: Paginators } | undefined)?.pagination ??
    {}) as Paginators
  return { source, paginators }
}

function operationOf(
  op: BotocoreOperation,
  source: BotocoreModel,
  paginator: Record<string, unknown> | undefined,
  service: string,
): OperationFile {
  return {
    method: op.http.method,
    uri: op.http.requestUri,
    status: op.http.responseCode,
    input: op.input?.shape,
    inputElement: op.input?.locationName,
    output: op.output?.shape,
    resultWrapper: op.output?.resultWrapper,
    // S3 pages by key order and prefix, which only its own handlers can do.
    pages: service === 's3' ? undefined : pagesOf(op, source, paginator),
  }
}

function pagesOf(
  op: BotocoreOperation,
  source: BotocoreModel,
  paginator: Record<string, unknown> | undefined,
): PagesFile | undefined {
  if (paginator && typeof paginator.input_token === 'string' && typeof paginator.output_token === 'string') {
    return {
      input: paginator.input_token,
      output: paginator.output_token,
      more: paginator.more_results as string | undefined,
      limit: paginator.limit_key as string | undefined,
      results: [paginator.result_key].flat() as string[],
    }
  }
  const input = source.shapes[op.input?.shape ?? '']?.members ?? {}
  const output = source.shapes[op.output?.shape ?? '']?.members ?? {}
  const token = ['NextToken', 'nextToken'].find((t) => t in input && t in output)
  const results = Object.keys(output).filter((m) => source.shapes[String(output[m]?.shape)]?.type === 'list')
  if (!token || results.length !== 1) return undefined
  const limit = ['MaxResults', 'maxResults', 'Limit', 'limit'].find((member) => member in input)
  return { input: token, output: token, more: undefined, limit, results }
}

function pick(source: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((n) => source[n] !== undefined).map((n) => [n, source[n]]))
}

function shapesUsed(operations: Record<string, OperationFile>, shapes: BotocoreModel['shapes']) {
  const used: Record<string, ShapeFile> = {}
  const visit = (name: string | undefined) => {
    const shape = name === undefined ? undefined : shapes[name]
    if (!shape || !name || used[name]) return
    const out: Record<string, unknown> = { type: shape.type, ...pick(shape, traits) }
    used[name] = out as unknown as ShapeFile
    if (shape.xmlNamespace) out.xmlNamespace = shape.xmlNamespace
    if (shape.sensitive) out.sensitive = true
    if (shape.document) out.document = true
    if (shape.union) out.union = true
    const members: Record<string, unknown> = {}
    for (const [member, target] of Object.entries(shape.members ?? {})) {
      members[member] = pick(target, memberTraits)
      visit(String(target.shape))
    }
    if (shape.type === 'structure') out.members = members
    for (const part of ['member', 'key', 'value'] as const) {
      const target = shape[part]
      if (!target) continue
      out[part] = pick(target, memberTraits)
      visit(String(target.shape))
    }
  }
  for (const op of Object.values(operations)) {
    visit(op.input)
    visit(op.output)
  }
  return used
}

/** Error schemas of an SDK client: [-3, namespace, name, { error, httpError, awsQueryError: [code, status] }, ...]. */
async function errorsOf(client: string): Promise<ModelFile['errors']> {
  const module = (await import(`@aws-sdk/client-${client}`)) as Record<string, unknown>
  const errors: ModelFile['errors'] = {}
  for (const value of Object.values(module)) {
    if (!Array.isArray(value) || value[0] !== -3) continue
    const error = (typeof value[3] === 'object' ? value[3] : {}) as {
      httpError?: number
      awsQueryError?: [string, number]
    }
    const status = error.awsQueryError?.[1] ?? error.httpError
    errors[value[2] as string] = { status, queryCode: error.awsQueryError?.[0] }
  }
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One line per operation, shape and error, so that an upgrade's diff can be read. */
function layOut(model: ModelFile): string {
  const section = (rows: object) =>
    `{\n${Object.entries(rows)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',\n')}\n}`
  const parts = Object.entries(model)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const rows = ['operations', 'shapes', 'errors'].includes(key)
      return `${JSON.stringify(key)}:${rows ? section(value as object) : JSON.stringify(value)}`
    })
  return `{\n${parts.join(',\n')}\n}\n`
}
