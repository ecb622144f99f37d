import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import {
  GetRolePolicyCommand,
  IAMClient,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam'
import { GetBucketPolicyCommand, ListBucketsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import { ListModelPackageGroupsCommand, ListTrainingJobsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { SignatureV4 } from '@smithy/signature-v4'

export interface Keys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
}

/** Credentials of an administrator of an account. */
export async function keysOf(url: string, account: string, role = 'admin'): Promise<Keys> {
  const answer = await fetch(`${url}/_sandbox/credentials`, {
    method: 'POST',
    headers: { 'x-uais-sandbox': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account, role }),
  })
  const { accessKeyId, secretAccessKey, sessionToken } = (await answer.json()) as Keys
  return { accessKeyId, secretAccessKey, sessionToken }
}

/** The form in which the SDK's signer takes a hash. */
class Sha256 {
  readonly #hash: Hash | Hmac
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === 'string' || secret === undefined ? secret : new Uint8Array(bytesOf(secret))
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key)
  }
  update(data: string | ArrayBuffer | ArrayBufferView) {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data))
  }
  async digest() {
    return new Uint8Array(this.#hash.digest())
  }
  reset() {}
}
const bytesOf = (data: ArrayBuffer | ArrayBufferView) =>
  ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data)

export interface RawCall {
  service: string
  method?: string
  path?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: string
  region?: string
  /** When it says it was signed. */
  date?: Date
  keys?: Partial<Keys>
  /** Changes what was signed on its way; 'nothing signed' sends it bare. */
  tamper?: (headers: Record<string, string>) => Record<string, string>
}

export interface RawAnswer {
  status: number
  code: string
  text: string
}

type Unsigned = Parameters<SignatureV4['presign']>[0]
const signerOf = (keys: Keys, service: string, region: string) =>
  new SignatureV4({ service, region, sha256: Sha256, credentials: keys, uriEscapePath: service !== 's3' })

/** One request as no SDK would send it, signed by the SDK's own signer; the error code as the protocol carries it. */
export async function send(url: string, keys: Keys, call: RawCall): Promise<RawAnswer> {
  const { host, hostname, port } = new URL(url)
  const { service, method = 'POST', path = '/', query = {}, body = '', date = new Date() } = call
  const request = { protocol: 'http:', hostname, port: Number(port), method, path, query, body: body || undefined }
  const signer = signerOf({ ...keys, ...call.keys }, service, call.region ?? 'eu-west-1')
  const signed = await signer.sign({ ...request, headers: { host, ...call.headers } } as Unsigned, {
    signingDate: date,
  })
  const { host: _host, ...headers } = (call.tamper ?? ((same) => same))(signed.headers)
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''
  return answerOf(await fetch(url + path + search, { method, headers, ...(method === 'GET' ? {} : { body }) }))
}

/** A presigned URL of S3, made at `date` for `seconds`. */
export async function presign(url: string, keys: Keys, method: string, path: string, seconds: number, date: Date) {
  const { host, hostname, port } = new URL(url)
  const request = { protocol: 'http:', hostname, port: Number(port), method, path, query: {}, headers: { host } }
  const options = { expiresIn: seconds, signingDate: date, unsignableHeaders: new Set<string>() }
  const { query = {} } = await signerOf(keys, 's3', 'eu-west-1').presign(
    { ...request, headers: { ...request.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } } as Unsigned,
    {
      ...options,
      unhoistableHeaders: new Set(['x-amz-content-sha256']),
      unsignableHeaders: new Set(['x-amz-content-sha256']),
    },
  )
  return new URL(`${url}${path}?${new URLSearchParams(query as Record<string, string>)}`)
}

/** Fields of a browser upload (Amazon S3 API Reference, "Creating a POST policy"). */
export function postForm(keys: Keys, bucket: string, key: string, most: number, expiration: Date) {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${stamp.slice(0, 8)}/eu-west-1/s3/aws4_request`
  const fields = {
    ...{ bucket, key, 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': `${keys.accessKeyId}/${scope}` },
    ...{ 'X-Amz-Date': stamp, 'X-Amz-Security-Token': keys.sessionToken },
  }
  const conditions = [
    ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    ['content-length-range', 1, most],
  ]
  const policy = Buffer.from(JSON.stringify({ expiration: expiration.toISOString(), conditions })).toString('base64')
  let derived: string | Buffer = `AWS4${keys.secretAccessKey}`
  for (const part of scope.split('/')) derived = createHmac('sha256', derived).update(part).digest()
  const signature = createHmac('sha256', derived).update(policy).digest('hex')
  return { ...fields, Policy: policy, 'X-Amz-Signature': signature }
}

export async function answerOf(answer: Response): Promise<RawAnswer> {
  const text = await answer.text()
  return { status: answer.status, code: codeOf(text, answer.headers), text }
}

function codeOf(text: string, headers: Headers): string {
  const told =
    headers.get('x-amzn-errortype') ?? /"__type":"([^"]+)"/.exec(text)?.[1] ?? /<Code>([^<]+)/.exec(text)?.[1]
  return told?.split('#').at(-1) ?? ''
}

export const clientConfig = (endpoint: string, credentials: Keys, region = 'eu-west-1') => ({
  ...{ endpoint, region, credentials },
  ...{ forcePathStyle: true as const, maxAttempts: 1 },
})

/** All that a refused call could have left behind in the account, to be compared before and after. */
export async function inventory(url: string, keys: Keys, role: string, bucket: string): Promise<unknown> {
  const config = clientConfig(url, keys)
  const [iam, s3, sagemaker] = [new IAMClient(config), new S3Client(config), new SageMakerClient(config)]
  const inline = (await iam.send(new ListRolePoliciesCommand({ RoleName: role }))).PolicyNames ?? []
  return {
    roles: (await iam.send(new ListRolesCommand({}))).Roles?.map((each) => [each.Arn, each.AssumeRolePolicyDocument]),
    inline: await Promise.all(
      inline.map(
        async (PolicyName) => (await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }))).PolicyDocument,
      ),
    ),
    policies: (await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies?.map((each) => each.Arn),
    buckets: (await s3.send(new ListBucketsCommand({}))).Buckets?.map((each) => each.Name),
    bucketPolicy: await s3.send(new GetBucketPolicyCommand({ Bucket: bucket })).then(
      (answer) => answer.Policy,
      (error: Error) => error.name,
    ),
    objects: (await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }))).Versions?.map((each) => [
      each.Key,
      each.VersionId,
      each.ETag,
    ]),
    jobs: (await sagemaker.send(new ListTrainingJobsCommand({}))).TrainingJobSummaries,
    groups: (await sagemaker.send(new ListModelPackageGroupsCommand({}))).ModelPackageGroupSummaryList,
  }
}
