import { type IpRange, parseRange } from '../../condition/ip-range.ts'

/** An address of each version that reads well, from the ranges for documentation (RFC 5737, RFC 3849). */
const samples = ['203.0.113.10', '2001:db8::10']

/**
 * IP addresses of every class that the ranges tell apart: the first address of each range, the one after its end, the
 * lowest of all, and an ordinary one of each version. Between two such borders nothing changes.
 */
export function addressWitnesses(values: readonly string[]): string[] {
  const ranges = values.map(parseRange).filter((range): range is IpRange => range !== undefined)
  const v4 = borders(ranges, 2).map(toV4)
  const v6 = borders(ranges, 8).map(toV6)
  return [...new Set([...samples, ...v4, ...v6])]
}

function borders(ranges: readonly IpRange[], groups: number): bigint[] {
  const bits = BigInt(groups * 16)
  const points = [0n]
  for (const { address, prefix } of ranges) {
    if (address.length !== groups) continue
    const size = 1n << (bits - BigInt(prefix))
    const value = address.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n)
    const first = value - (value % size)
    points.push(first)
    if (first + size < 1n << bits) points.push(first + size)
  }
  return points
}

function toV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.')
}

function toV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16))
  return groups.join(':')
}
