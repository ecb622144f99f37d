import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { AwsError } from '../kernel/aws-error.ts'
import type { Member, Shape } from './model.ts'
import { scalarFromText, scalarToText } from './scalar.ts'

interface XmlNode {
  name: string
  attributes: Record<string, string>
  children: XmlNode[]
  text: string
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  // Without this, numeric references (Go writes quotes as &#34;) are left as they are.
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

const malformed = () =>
  new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  )

/** Parses a document and returns its root element. Document types are refused: no entity may be declared. */
export function parseXml(text: string): XmlNode {
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) throw malformed()
  const root = (parser.parse(text) as Record<string, unknown>[]).map(toNode).find((node) => node !== undefined)
  if (!root) throw malformed()
  return root
}

function toNode(raw: Record<string, unknown>): XmlNode | undefined {
  const name = Object.keys(raw).find((key) => key !== ':@')
  if (!name || name === '#text') return undefined
  const parts = raw[name] as Record<string, unknown>[]
  const text = parts.map((part) => ('#text' in part ? String(part['#text']) : '')).join('')
  return {
    name: name.replace(/^.*:/, ''),
    attributes: (raw[':@'] ?? {}) as Record<string, string>,
    children: parts.map(toNode).filter((node) => node !== undefined),
    text,
  }
}

export function decodeXml(shape: Shape, node: XmlNode): unknown {
  switch (shape.type) {
    case 'structure':
      return decodeMembers(shape.members.values(), node)
    case 'list':
      return decodeList(shape, node.children)
    case 'map':
      return decodeMap(shape, node.children)
    default:
      return scalarFromText(shape, shape.type === 'string' ? node.text : node.text.trim(), shape.timestampFormat)
  }
}

/** Reads the given members from the children of an element (a whole structure, or the body part of a request). */
export function decodeMembers(members: Iterable<Member>, node: XmlNode): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const member of members) {
    const { shape } = member
    if (member.xmlAttribute) {
      const value = node.attributes[member.locationName ?? member.name]
      if (value !== undefined) out[member.name] = value
      continue
    }
    const flat = member.flattened || shape.flattened
    const tag = elementName(member, Boolean(flat))
    const found = node.children.filter((child) => child.name === tag)
    if (found.length === 0) continue
    if (flat && shape.type === 'list') out[member.name] = found.map((n) => decodeXml((shape.item as Member).shape, n))
    else if (flat && shape.type === 'map') out[member.name] = decodeMap(shape, found)
    else out[member.name] = decodeXml(shape, found[0] as XmlNode)
  }
  return out
}

/** A flattened list is named by its item's name where that has one (botocore's rule for locationName). */
function elementName(member: Member, flat: boolean): string {
  return (flat ? member.shape.item?.locationName : undefined) ?? member.locationName ?? member.name
}

function decodeList(shape: Shape, children: XmlNode[]): unknown[] {
  const item = shape.item as Member
  const tag = item.locationName ?? 'member'
  return children.filter((child) => child.name === tag).map((child) => decodeXml(item.shape, child))
}

function decodeMap(shape: Shape, entries: XmlNode[]): Record<string, unknown> {
  const keyTag = shape.mapKey?.locationName ?? 'key'
  const valueTag = shape.item?.locationName ?? 'value'
  const out: Record<string, unknown> = {}
  for (const entry of entries) {
    const key = entry.children.find((child) => child.name === keyTag)
    const value = entry.children.find((child) => child.name === valueTag)
    if (key && value) out[key.text] = decodeXml((shape.item as Member).shape, value)
  }
  return out
}

const escapes: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', '\r': '&#xD;' }

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the characters to be replaced
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/** Text for element content or an attribute. Control characters that XML 1.0 cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"\r]/g, (c) => escapes[c] as string).replace(forbidden, '\ufffd')
}

/** `<tag>…</tag>` of a handler's value; absent values give nothing. */
export function encodeXml(member: Member, value: unknown, tag: string): string {
  if (value === null || value === undefined) return ''
  const { shape } = member
  const flat = Boolean(member.flattened || shape.flattened)
  switch (shape.type) {
    case 'structure': {
      const { attributes, body } = encodeMembers(shape.members.values(), value as Record<string, unknown>)
      return `<${tag}${namespaceOf(member)}${attributes}>${body}</${tag}>`
    }
    case 'list':
      return encodeList(shape, value as Iterable<unknown>, tag, flat)
    case 'map':
      return encodeMap(shape, value as Record<string, unknown>, tag, flat)
    default:
      return `<${tag}>${escapeXml(scalarToText(member, value, 'iso8601'))}</${tag}>`
  }
}

/** Body members only: headers and status are written elsewhere. */
export function encodeMembers(members: Iterable<Member>, value: Record<string, unknown>) {
  let attributes = ''
  let body = ''
  for (const member of members) {
    const found = value[member.name]
    if (member.location || found === undefined || found === null) continue
    const flat = Boolean(member.flattened || member.shape.flattened)
    if (member.xmlAttribute) attributes += ` ${member.locationName ?? member.name}="${escapeXml(String(found))}"`
    else body += encodeXml(member, found, elementName(member, flat && member.shape.type === 'list'))
  }
  return { attributes, body }
}

function encodeList(shape: Shape, values: Iterable<unknown>, tag: string, flat: boolean): string {
  const item = shape.item as Member
  const itemTag = flat ? tag : (item.locationName ?? 'member')
  let out = ''
  for (const value of values) out += encodeXml(item, value, itemTag)
  return flat ? out : `<${tag}>${out}</${tag}>`
}

function encodeMap(shape: Shape, values: Record<string, unknown>, tag: string, flat: boolean): string {
  const keyTag = shape.mapKey?.locationName ?? 'key'
  const item = shape.item as Member
  const entryTag = flat ? tag : 'entry'
  let out = ''
  for (const [key, value] of Object.entries(values)) {
    const pair = `<${keyTag}>${escapeXml(key)}</${keyTag}>${encodeXml(item, value, item.locationName ?? 'value')}`
    out += `<${entryTag}>${pair}</${entryTag}>`
  }
  return flat ? out : `<${tag}>${out}</${tag}>`
}

function namespaceOf(member: Member): string {
  const namespace = member.xmlNamespace ?? member.shape.xmlNamespace
  if (!namespace) return ''
  return namespace.prefix ? ` xmlns:${namespace.prefix}="${namespace.uri}"` : ` xmlns="${namespace.uri}"`
}
