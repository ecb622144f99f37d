import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

/** What every EC2 row has beside the members that AWS shows; `id` and `tags` themselves are never sent. */
export interface Ec2Row {
  id: string
  tags: Record<string, string>
}

/** One kind of EC2 resource: where its rows are, how its ids look, and what AWS says when there is none. */
export interface Kind<Row extends Ec2Row> {
  /** Table name and resource type in ARNs and tag specifications, e.g. `vpc-endpoint`. */
  readonly name: string
  readonly idPrefix: string
  /** Member that carries the id in answers, e.g. `VpcEndpointId`. */
  readonly idMember: string
  readonly notFound: { code: string; message: (id: string) => string }
  /** Code for an id of the wrong form, where AWS has one. */
  readonly malformed?: string
  /** Service condition keys that the resource itself carries. */
  readonly keys: (row: Row, call: Call) => Record<string, string | undefined>
}

export function rows<Row extends Ec2Row>(kind: Kind<Row>, call: Call): Table<Row> {
  return call.table<Row>(kind.name, { service: 'ec2' })
}

/** The row, or AWS's own NotFound (or Malformed) error. */
export function find<Row extends Ec2Row>(kind: Kind<Row>, call: Call, id: string): Row {
  const row = rows(kind, call).get(id)
  if (row) return row
  if (kind.malformed && !id.startsWith(`${kind.idPrefix}-`))
    throw new AwsError(kind.malformed, `Invalid id: "${id}" (expecting "${kind.idPrefix}-...")`)
  throw new AwsError(kind.notFound.code, kind.notFound.message(id))
}

export function newId<Row extends Ec2Row>(kind: Kind<Row>, call: Call): string {
  return `${kind.idPrefix}-${call.id(17)}`
}

export function ec2Arn(call: Call, type: string, id: string): string {
  return `arn:${call.partition}:ec2:${call.region}:${call.account}:${type}/${id}`
}
