import type { AccessCheck, Call, Operation } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { type BucketInput, bucketAccess } from './access.ts'
import { malformedXml, notConfigured } from './errors.ts'
import { type BucketRow, buckets, openBucket } from './state.ts'

interface OperationName {
  name: string
  /** IAM action, which is not always the operation's name. */
  action: string
}

interface ConfigurationSpec {
  /** Where the row keeps it. */
  kind: string
  /** Member of the Put request that holds it. */
  member: string
  get: OperationName
  put?: OperationName
  remove?: OperationName
  /** S3's answer while it is not set; absent where `initial` is answered instead. */
  missing?: { code: string; message: string }
  /** What is answered while it is not set. */
  initial?: (bucket: BucketRow) => object
  /** Checks what a Put gives and returns what is kept. */
  store?: (bucket: BucketRow, given: object, call: Call) => object
  /** The Get's output; by default the structure under the request's member name. */
  answer?: (stored: object) => object
  context?: (input: Record<string, unknown>) => AccessCheck['context']
}

type Input = BucketInput & Record<string, unknown>

/** Get, Put and Delete of a bucket sub-resource that S3 stores and gives back as it was. */
export function bucketConfiguration(spec: ConfigurationSpec): Operation<Input, object>[] {
  const operations = [getOperation(spec)]
  if (spec.put) operations.push(putOperation(spec, spec.put))
  if (spec.remove) operations.push(removeOperation(spec, spec.remove))
  return operations
}

function getOperation(spec: ConfigurationSpec): Operation<Input, object> {
  return operation<Input, object>({
    name: spec.get.name,
    access: (input, call) => [bucketAccess(call, input, spec.get.action)],
    handle: (input, call) => {
      const bucket = openBucket(call, input)
      const stored = bucket.configurations[spec.kind] ?? spec.initial?.(bucket)
      if (stored === undefined) throw notConfigured(spec.missing!.code, spec.missing!.message, bucket.name)
      return spec.answer ? spec.answer(stored) : { [spec.member]: stored }
    },
  })
}

function putOperation(spec: ConfigurationSpec, { name, action }: OperationName): Operation<Input, object> {
  return operation<Input, object>({
    name,
    access: (input, call) => [bucketAccess(call, input, action, spec.context?.(input))],
    handle: (input, call) => {
      const bucket = openBucket(call, input)
      const given = input[spec.member]
      if (typeof given !== 'object' || given === null) throw malformedXml()
      setConfiguration(call, bucket, spec.kind, spec.store ? spec.store(bucket, given, call) : given)
      return {}
    },
  })
}

function removeOperation(spec: ConfigurationSpec, { name, action }: OperationName): Operation<Input, object> {
  return operation<Input, object>({
    name,
    access: (input, call) => [bucketAccess(call, input, action)],
    handle: (input, call) => {
      const bucket = openBucket(call, input)
      const { [spec.kind]: _removed, ...configurations } = bucket.configurations
      buckets(call).put(bucket.name, { ...bucket, configurations })
      return {}
    },
  })
}

/** Keeps a sub-resource as plain JSON: times become ISO 8601 text. */
export function setConfiguration(call: Call, bucket: BucketRow, kind: string, value: object): void {
  const plain = JSON.parse(JSON.stringify(value)) as object
  buckets(call).put(bucket.name, { ...bucket, configurations: { ...bucket.configurations, [kind]: plain } })
}
