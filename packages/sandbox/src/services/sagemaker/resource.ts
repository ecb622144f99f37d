import type { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

/** A value of the SDK as a row keeps it: times are ISO 8601 text. */
export type Stored<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Stored<Item>[]
    : Value extends object
      ? { [Name in keyof Value]: Stored<Value[Name]> }
      : Value

/** One kind of SageMaker resource. Rows hold what Describe answers; the encoder leaves out what it does not know. */
export interface Kind<Row extends object> {
  /** Table name and the noun of its operations: `Model` → DescribeModel. */
  readonly name: string
  /** Resource part of the ARN (Service Authorization Reference, Amazon SageMaker AI), from the row's key. */
  readonly path: (key: string) => string
  readonly notFound: (arn: string, key: string) => AwsError
  /** Row type, for inference only. */
  readonly row?: Row
}

export function rows<Row extends object>(kind: Kind<Row>, call: Call): Table<Row> {
  return call.table<Row>(kind.name)
}

export function arnOf(call: Call, path: string): string {
  return `arn:${call.partition}:sagemaker:${call.region}:${call.account}:${path}`
}

export function resourceArn<Row extends object>(kind: Kind<Row>, call: Call, key: string): string {
  return arnOf(call, kind.path(key))
}

export function find<Row extends object>(kind: Kind<Row>, call: Call, key: string): Row {
  const row = rows(kind, call).get(key)
  if (!row) throw kind.notFound(resourceArn(kind, call, key), key)
  return row
}

/** The name in a name-or-ARN member: what follows the resource type. */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn
}
