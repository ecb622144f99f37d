import type { Filter } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { type Ec2Row, find, type Kind, rows } from './kind.ts'

/** Values of a row that a filter name compares with. */
export type FilterTable<Row> = Record<string, (row: Row, call: Call) => Filterable | readonly Filterable[]>
type Filterable = string | number | boolean | undefined

/** Rows that a Describe call asks for, by ids (each must exist) and filters; the kernel cuts pages. */
export function select<Row extends Ec2Row>(
  kind: Kind<Row>,
  call: Call,
  ids: readonly string[] | undefined,
  filters: readonly Filter[] | undefined,
  table: FilterTable<Row>,
): Row[] {
  const named = ids?.length ? ids.map((id) => find(kind, call, id)) : [...rows(kind, call).values()]
  return filtered(named, filters, table, call)
}

/** Filters are ANDed, values of one ORed; `*` and `?` are wildcards (EC2 User Guide, "Filtering considerations"). */
export function filtered<Row extends object>(
  all: Row[],
  filters: readonly Filter[] | undefined,
  table: FilterTable<Row>,
  call: Call,
): Row[] {
  return (filters ?? []).reduce((left, filter) => {
    const values = valuesOf(filter.Name ?? '', table)
    const patterns = (filter.Values ?? []).map(wildcard)
    return left.filter((row) =>
      [values(row, call)]
        .flat()
        .some((value) => value !== undefined && patterns.some((one) => one.test(String(value)))),
    )
  }, all)
}

function valuesOf<Row extends object>(name: string, table: FilterTable<Row>): FilterTable<Row>[string] {
  const own = table[name]
  if (own) return own
  if (name === 'tag-key') return (row) => Object.keys(tagsOf(row))
  if (name === 'tag-value') return (row) => Object.values(tagsOf(row))
  if (name.startsWith('tag:')) return (row) => tagsOf(row)[name.slice(4)]
  if (name === 'owner-id') return (_row, call) => call.account
  throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`)
}

function tagsOf(row: object): Record<string, string> {
  return (row as Partial<Ec2Row>).tags ?? {}
}

function wildcard(value: string): RegExp {
  const escaped = value.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}
