import type { QueryLineageRequest, QueryLineageResponse } from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onAnything } from './access.ts'
import { type AssociationRow, associations, findEntity } from './lineage-store.ts'

/** API Reference, QueryLineage: MaxDepth at most 10. */
const deepest = 10

/** Follows associations from the start, up (what it was made from), down (what was made of it), or both. */
export const queryLineage = operation<QueryLineageRequest, QueryLineageResponse>({
  name: 'QueryLineage',
  access: (_input, call) => [onAnything(call, 'QueryLineage')],
  handle: (input, call) => {
    const all = [...associations(call).values()]
    const directions = input.Direction === 'Ascendants' || input.Direction === 'Descendants' ? [input.Direction] : both
    const edges = new Set<AssociationRow>()
    const arns = new Set<string>()
    for (const direction of directions)
      walk(all, input.StartArns ?? [], {
        up: direction === 'Ascendants',
        depth: input.MaxDepth ?? deepest,
        edges,
        arns,
      })
    const vertices = [...arns]
      .filter((arn) => !input.StartArns?.includes(arn))
      .flatMap((arn) => findEntity(call, arn) ?? [])
      .filter((entity) => !input.Filters?.Types?.length || input.Filters.Types.includes(entity.type))
      .filter(
        (entity) => !input.Filters?.LineageTypes?.length || input.Filters.LineageTypes.includes(entity.lineageType),
      )
      .map((entity) => ({ Arn: entity.arn, Type: entity.type, LineageType: entity.lineageType }))
    const shown = [...edges].map(({ SourceArn, DestinationArn, AssociationType }) => ({
      SourceArn,
      DestinationArn,
      AssociationType,
    }))
    return { Vertices: vertices, Edges: input.IncludeEdges === false ? [] : shown }
  },
})

const both = ['Ascendants', 'Descendants'] as const

interface Walk {
  up: boolean
  depth: number
  edges: Set<AssociationRow>
  arns: Set<string>
}

function walk(all: AssociationRow[], start: string[], { up, depth, edges, arns }: Walk) {
  let front = start
  const seen = new Set(start)
  for (let level = 0; level < depth && front.length > 0; level++) {
    const next: string[] = []
    for (const row of all) {
      const [near, far] = up ? [row.DestinationArn, row.SourceArn] : [row.SourceArn, row.DestinationArn]
      if (!front.includes(near)) continue
      edges.add(row)
      arns.add(far)
      if (!seen.has(far)) next.push(far)
      seen.add(far)
    }
    front = next
  }
}
