import type { Member, Shape } from './model.ts'
import { scalarFromText } from './scalar.ts'

/** Parameters `A.B.1.C=v` as a tree; a node's own text is in `text`. */
interface ParameterNode {
  text?: string
  children: Map<string, ParameterNode>
}

const maxDepth = 32

function treeOf(parameters: URLSearchParams): ParameterNode {
  const root: ParameterNode = { children: new Map() }
  for (const [name, value] of parameters) {
    let node = root
    for (const part of name.split('.', maxDepth)) {
      let child = node.children.get(part)
      if (!child) {
        child = { children: new Map() }
        node.children.set(part, child)
      }
      node = child
    }
    node.text = value
  }
  return root
}

/** Decodes the parameters of the Query protocol, or of its EC2 dialect, which flattens all lists. */
export function decodeQuery(shape: Shape | undefined, parameters: URLSearchParams, ec2: boolean) {
  return (shape ? decode(shape, treeOf(parameters), ec2) : {}) as Record<string, unknown>
}

function decode(shape: Shape, node: ParameterNode, ec2: boolean, member?: Member): unknown {
  switch (shape.type) {
    case 'structure': {
      const out: Record<string, unknown> = {}
      for (const [name, target] of shape.members) {
        const child = node.children.get(ec2 ? ec2Name(target) : queryName(target))
        if (child) out[name] = decode(target.shape, child, ec2, target)
      }
      return out
    }
    case 'list': {
      const item = shape.item as Member
      const flat = ec2 || shape.flattened || member?.flattened
      const list = flat ? node : node.children.get(item.locationName ?? 'member')
      return numbered(list).map((child) => decode(item.shape, child, ec2, item))
    }
    case 'map': {
      const item = shape.item as Member
      const map = shape.flattened || member?.flattened ? node : node.children.get('entry')
      const out: Record<string, unknown> = {}
      for (const entry of numbered(map)) {
        const key = entry.children.get(shape.mapKey?.locationName ?? 'key')?.text
        const value = entry.children.get(item.locationName ?? 'value')
        if (key !== undefined && value) out[key] = decode(item.shape, value, ec2, item)
      }
      return out
    }
    default:
      return node.text === undefined ? undefined : scalarFromText(shape, node.text, shape.timestampFormat)
  }
}

function queryName(member: Member): string {
  const flat = member.flattened || member.shape.flattened
  return (flat ? member.shape.item?.locationName : undefined) ?? member.locationName ?? member.name
}

/** The EC2 protocol capitalises the response name unless the model gives a query name. */
function ec2Name(member: Member): string {
  if (member.queryName) return member.queryName
  const name = member.locationName ?? member.name
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function numbered(node: ParameterNode | undefined): ParameterNode[] {
  return [...(node?.children ?? [])]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}
