/** Terraform text from values: only what the bootstrap needs. */

/** A quoted string; `${` and `%{` are Terraform's own and are kept as text. */
const quoted = (text: string) => JSON.stringify(text).replace(/([$%])\{/g, (brace, sign: string) => sign + brace)

/** A value as Terraform writes it: what fits on a line is on a line, lists of strings are running text. */
export function hcl(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item) => hcl(item, inner))
    if (value.length === 1) return `[${hcl(value[0], indent)}]`
    const isText = value.every((item) => typeof item === 'string')
    if (isText && items.join(', ').length < 72) return `[${items.join(', ')}]`
    const lines = isText ? filled(items, 110 - inner.length) : items
    return `[\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent}]`
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  const names = entries.map(([name]) => (/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)))
  const texts = entries.map(([, item]) => hcl(item, inner))
  if (entries.length === 1 && !texts[0]!.includes('\n') && texts[0]!.length < 72) return `{ ${names[0]} = ${texts[0]} }`
  const width = alignments(texts.map((text, index) => [names[index]!, text]))
  const lines = texts.map((text, index) => `${inner}${names[index]!.padEnd(width[index]!)} = ${text}\n`)
  return `{\n${lines.join('')}${indent}}`
}

/** Strings set as running text, so that a list of forty actions stays a paragraph. */
function filled(items: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + item.length + 2 <= width) lines[lines.length - 1] = `${last}, ${item}`
    else lines.push(item)
  }
  return lines
}

/** `terraform fmt` aligns the equals signs of neighbouring one-line attributes. */
function alignments(attributes: readonly (readonly [name: string, text: string])[]): number[] {
  const width: number[] = []
  for (let start = 0; start < attributes.length; ) {
    let end = start
    while (end < attributes.length && !attributes[end]![1].includes('\n')) end++
    const longest = Math.max(0, ...attributes.slice(start, end).map(([name]) => name.length))
    for (let index = start; index < end; index++) width.push(longest)
    if (end < attributes.length) width.push(attributes[end]![0].length)
    start = end + 1
  }
  return width
}

/** The arguments of a block, aligned as `terraform fmt` does. */
export function block(head: string, body: Readonly<Record<string, string>>): string {
  const attributes = Object.entries(body)
  const width = alignments(attributes)
  return `${head} {\n${attributes.map(([name, text], index) => `  ${name.padEnd(width[index]!)} = ${text}\n`).join('')}}\n`
}
