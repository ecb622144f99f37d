import type { Answer, Api } from '@uais/contract'
import { type Edge, type Node, Position } from '@xyflow/react'

type Lineage = Answer<Api['projects.lineage']>

/** In pixels: seven steps fit beside the list of pages. */
const [columnWidth, nodeWidth, rowHeight] = [178, 124, 96]

/** Columns by distance from the sources, rows in order of appearance: enough for chains of this depth. */
export function layOut({ nodes, edges }: Lineage): { nodes: Node[]; edges: Edge[] } {
  const column = new Map<string, number>(nodes.map((node) => [node.id, 0]))
  // Longest path, bounded by the number of nodes so that a cycle cannot hang the page.
  for (let pass = 0; pass < nodes.length; pass++) {
    let moved = false
    for (const { from, to } of edges) {
      const next = (column.get(from) ?? 0) + 1
      if (next > (column.get(to) ?? 0) && next < nodes.length) {
        column.set(to, next)
        moved = true
      }
    }
    if (!moved) break
  }
  const rows = new Map<number, number>()
  return {
    nodes: nodes.map((node) => {
      const x = column.get(node.id) ?? 0
      const y = rows.get(x) ?? 0
      rows.set(x, y + 1)
      return {
        id: node.id,
        position: { x: x * columnWidth, y: y * rowHeight },
        width: nodeWidth,
        // The last part of a key says which one it is; the table below has it whole.
        data: { label: `${node.type.replaceAll('-', ' ')}: ${node.label.split('/').findLast(Boolean) ?? node.label}` },
        sourcePosition: Position.Right,
        targetPosition: Position.Left,
      }
    }),
    edges: edges.map((edge) => ({
      id: `${edge.from} ${edge.to} ${edge.relation}`,
      source: edge.from,
      target: edge.to,
      label: edge.relation,
    })),
  }
}
