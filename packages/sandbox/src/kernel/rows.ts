import { AwsError } from './aws-error.ts'
import type { AccessCheck, Call, Operation } from './operation.ts'

type Values = Record<string, unknown>

/** A stored plain resource. `members` is what AWS shows; the rest is ours. */
export interface ResourceRow {
  id: string
  arn: string
  tags: Record<string, string>
  members: Values
  /** ISO 8601; until then the resource shows its pending status. */
  settlesAt: string
}

/** What AWS answers with; `message` is given the id. */
interface ResourceFault {
  code: string
  message: (id: string) => string
  status?: number
}

/** A resource without behaviour of its own, as one row: see docs/recipes/add-a-sandbox-operation.md. */
export interface ResourceSpec {
  /** Table; one per kind. */
  kind: string
  /** Action prefix of the service: `sagemaker`. */
  service: string
  /** Input member that names the resource: `ModelPackageGroupName`. */
  id: string
  /** Output member of the ARN: `ModelPackageGroupArn`. */
  arn: string
  /** Resource part of the ARN: `id => model-package-group/${id}`. */
  arnSuffix: (id: string) => string
  notFound: ResourceFault
  exists: ResourceFault
  /** Members that show times. */
  createdAt?: string
  updatedAt?: string
  /** Asynchronous resources: pending until the sandbox's settling time has passed. */
  status?: { member: string; pending: string; settled: string }
  /** Members that a new resource has beside its input. */
  defaults?: (input: Values, call: Call) => Values
  /** Service condition keys of create and update. */
  context?: (input: Values, call: Call) => AccessCheck['context']
  /** Further permissions: iam:PassRole, kms:CreateGrant. */
  alsoNeeds?: (input: Values, call: Call) => AccessCheck[]
  create: string
  describe: string
  update?: string
  delete: string
  list?: { operation: string; member: string }
}

/** The operations of a plain resource. */
export function resourceOperations(spec: ResourceSpec): Operation<Values, Values>[] {
  const operations = [create(spec), describe(spec), remove(spec)]
  if (spec.update) operations.push(update(spec, spec.update))
  if (spec.list) operations.push(list(spec, spec.list))
  return operations
}

export const resourceRows = (spec: Pick<ResourceSpec, 'kind'>, call: Call) => call.table<ResourceRow>(spec.kind)

/** The row, or the service's own not-found error. */
export function findResource(spec: ResourceSpec, call: Call, id: string): ResourceRow {
  const row = resourceRows(spec, call).get(id)
  if (row) return row
  throw fault(spec.notFound, id)
}

/** What AWS shows of a row at this moment. */
export function shown(spec: ResourceSpec, row: ResourceRow, call: Call): Values {
  const { status } = spec
  if (!status) return row.members
  const pending = Date.parse(row.settlesAt) > call.now.getTime()
  return { ...row.members, [status.member]: pending ? status.pending : status.settled }
}

/** Tags as APIs give them, `[{ Key, Value }]`, as a map. */
export function tagMap(tags: unknown): Record<string, string> {
  const pairs = (tags ?? []) as { Key?: string; Value?: string }[]
  return Object.fromEntries(pairs.map(({ Key = '', Value = '' }) => [Key, Value]))
}

const idOf = (spec: ResourceSpec, input: Values) => String(input[spec.id])

const arnOf = (spec: ResourceSpec, call: Call, id: string) =>
  `arn:${call.partition}:${spec.service}:${call.region}:${call.account}:${spec.arnSuffix(id)}`

const fault = ({ code, message, status }: ResourceFault, id: string) => new AwsError(code, message(id), status ?? 400)

/** Permission is asked before existence, so that a refused caller does not learn what there is. */
function onExisting(spec: ResourceSpec, action: string, input: Values, call: Call): AccessCheck {
  const id = idOf(spec, input)
  return {
    action: `${spec.service}:${action}`,
    resource: arnOf(spec, call, id),
    resourceTags: resourceRows(spec, call).get(id)?.tags,
  }
}

function create(spec: ResourceSpec): Operation<Values, Values> {
  return {
    name: spec.create,
    access: (input, call) => {
      const tags = tagMap(input.Tags)
      const check = { resource: arnOf(spec, call, idOf(spec, input)), requestTags: tags }
      const checks: AccessCheck[] = [
        { ...check, action: `${spec.service}:${spec.create}`, context: spec.context?.(input, call) ?? {} },
      ]
      if (Object.keys(tags).length > 0) checks.push({ ...check, action: `${spec.service}:AddTags` })
      return [...checks, ...(spec.alsoNeeds?.(input, call) ?? [])]
    },
    handle: (input, call) => {
      const id = idOf(spec, input)
      const rows = resourceRows(spec, call)
      if (rows.has(id)) throw fault(spec.exists, id)
      const { Tags, ...members } = input
      const now = call.now.toISOString()
      const arn = arnOf(spec, call, id)
      const times = Object.fromEntries(
        [spec.createdAt, spec.updatedAt].filter((m) => m !== undefined).map((m) => [m, now]),
      )
      const row: ResourceRow = {
        id,
        arn,
        tags: tagMap(Tags),
        members: { ...members, ...spec.defaults?.(input, call), ...times, [spec.arn]: arn },
        settlesAt: settlesAt(call),
      }
      rows.put(id, row)
      return shown(spec, row, call)
    },
  }
}

const settlesAt = (call: Call) => new Date(call.now.getTime() + call.settleMs).toISOString()

function describe(spec: ResourceSpec): Operation<Values, Values> {
  return {
    name: spec.describe,
    access: (input, call) => [onExisting(spec, spec.describe, input, call)],
    handle: (input, call) => shown(spec, findResource(spec, call, idOf(spec, input)), call),
  }
}

function update(spec: ResourceSpec, name: string): Operation<Values, Values> {
  return {
    name,
    access: (input, call) => [
      { ...onExisting(spec, name, input, call), context: spec.context?.(input, call) ?? {} },
      ...(spec.alsoNeeds?.(input, call) ?? []),
    ],
    handle: (input, call) => {
      const row = findResource(spec, call, idOf(spec, input))
      row.members = { ...row.members, ...input }
      if (spec.updatedAt) row.members[spec.updatedAt] = call.now.toISOString()
      row.settlesAt = settlesAt(call)
      resourceRows(spec, call).put(row.id, row)
      return shown(spec, row, call)
    },
  }
}

function remove(spec: ResourceSpec): Operation<Values, Values> {
  return {
    name: spec.delete,
    access: (input, call) => [onExisting(spec, spec.delete, input, call)],
    handle: (input, call) => {
      const row = findResource(spec, call, idOf(spec, input))
      resourceRows(spec, call).delete(row.id)
      return shown(spec, row, call)
    },
  }
}

function list(
  spec: ResourceSpec,
  { operation, member }: { operation: string; member: string },
): Operation<Values, Values> {
  return {
    name: operation,
    access: () => [{ action: `${spec.service}:${operation}`, resource: '*' }],
    handle: (_input, call) => ({
      [member]: [...resourceRows(spec, call).values()].map((row) => shown(spec, row, call)),
    }),
  }
}
