import { type Operation, operation } from '../../kernel/operation.ts'
import { onAnything, onResource } from './access.ts'
import { find, type Kind, resourceArn, rows } from './resource.ts'
import { forgetTags } from './tag-store.ts'

/** `Describe<Kind>`: the row, through `view` where it changes with time. */
export function describe<Input, Row extends object>(
  kind: Kind<Row>,
  keyOf: (input: Input) => string,
  view: (row: Row, now: Date) => object = (row) => row,
): Operation<Input, object> {
  return operation<Input, object>({
    name: `Describe${kind.name}`,
    access: (input, call) => [onResource(call, `Describe${kind.name}`, resourceArn(kind, call, keyOf(input)))],
    handle: (input, call) => view(find(kind, call, keyOf(input)), call.now),
  })
}

/** `Delete<Kind>` of a resource that nothing holds. */
export function remove<Input, Row extends object>(
  kind: Kind<Row>,
  keyOf: (input: Input) => string,
): Operation<Input, object> {
  return operation<Input, object>({
    name: `Delete${kind.name}`,
    access: (input, call) => [onResource(call, `Delete${kind.name}`, resourceArn(kind, call, keyOf(input)))],
    handle: (input, call) => {
      const key = keyOf(input)
      find(kind, call, key)
      rows(kind, call).delete(key)
      forgetTags(call, resourceArn(kind, call, key))
      return {}
    },
  })
}

/** Filters that the List operations share (API Reference, e.g. ListModels). */
export interface ListInput {
  NameContains?: string | undefined
  CreationTimeAfter?: Date | undefined
  CreationTimeBefore?: Date | undefined
  SortBy?: string | undefined
  SortOrder?: string | undefined
}

export interface Listing<Input, Row> {
  /** `ListModels` */
  name: string
  /** Member of the answer: `Models`. */
  member: string
  nameOf: (row: Row) => string
  createdAt: (row: Row) => string
  /** What it sorts by unless asked otherwise; default: the time of creation. */
  sortBy?: 'Name'
  /** Filters of this operation alone. */
  filter?: (row: Row, input: Input, now: Date) => boolean
  view?: (row: Row, now: Date) => object
}

/** `List<Kinds>`: filtered and sorted, newest first unless asked otherwise; the kernel cuts the page. */
export function list<Input extends ListInput, Row extends object>(
  kind: Kind<Row>,
  listing: Listing<Input, Row>,
): Operation<Input, object> {
  return operation<Input, object>({
    name: listing.name,
    access: (_input, call) => [onAnything(call, listing.name)],
    handle: (input, call) => {
      const found = [...rows(kind, call).values()]
        .filter((row) => matches(row, input, listing))
        .filter((row) => listing.filter?.(row, input, call.now) ?? true)
      const sorted = sort(found, input, listing)
      return { [listing.member]: sorted.map((row) => listing.view?.(row, call.now) ?? row) }
    },
  })
}

function matches<Input extends ListInput, Row>(
  row: Row,
  input: Input,
  { nameOf, createdAt }: Listing<Input, Row>,
): boolean {
  const created = new Date(createdAt(row))
  return (
    nameOf(row).includes(input.NameContains ?? '') &&
    !(input.CreationTimeAfter && created <= input.CreationTimeAfter) &&
    !(input.CreationTimeBefore && created >= input.CreationTimeBefore)
  )
}

function sort<Input extends ListInput, Row>(
  found: Row[],
  input: Input,
  { nameOf, createdAt, sortBy }: Listing<Input, Row>,
): Row[] {
  const byName = (input.SortBy ?? sortBy) === 'Name'
  const key = byName ? nameOf : createdAt
  const ascending = input.SortOrder === 'Ascending' || (byName && input.SortOrder === undefined)
  // Reversing first keeps the newest of equal times in front.
  const sorted = found.toReversed().toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
  return ascending ? sorted : sorted.reverse()
}
