/** An address as 16-bit groups: two for IPv4, eight for IPv6. */
type Address = readonly number[]

export interface IpRange {
  address: Address
  prefix: number
}

/** Reads `203.0.113.0/24`, `2001:db8::/32` or a single address; undefined when it is none of these. */
export function parseRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/')
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash))
  if (!address) return undefined
  const bits = address.length * 16
  if (slash < 0) return { address, prefix: bits }
  const digits = text.slice(slash + 1)
  const prefix = /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN
  return prefix <= bits ? { address, prefix } : undefined
}

/** Whether the range holds the address. An IPv4 range holds no IPv6 address, nor the reverse. */
export function contains(range: IpRange, address: Address): boolean {
  if (range.address.length !== address.length) return false
  let bits = range.prefix
  for (let group = 0; bits > 0; group++, bits -= 16) {
    const mask = bits >= 16 ? 0xffff : (0xffff << (16 - bits)) & 0xffff
    if ((range.address[group]! & mask) !== (address[group]! & mask)) return false
  }
  return true
}

export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number]
  return [a * 256 + b, c * 256 + d]
}

/** RFC 4291 section 2.2: eight groups, `::` once for a run of zeros, the last two groups perhaps as IPv4. */
function parseV6(text: string): Address | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = groups(halves[0]!)
  const tail = halves.length === 2 ? groups(halves[1]!) : []
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1) return missing === 0 ? head : undefined
  return missing >= 1 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : undefined
}

function groups(text: string): number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const result: number[] = []
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) result.push(Number.parseInt(part, 16))
    else {
      const v4 = index === parts.length - 1 ? parseV4(part) : undefined
      if (!v4) return undefined
      result.push(...v4)
    }
  }
  return result
}
