import { AwsError } from '../../kernel/aws-error.ts'

/** An IPv4 block as numbers: first address and how many. */
export interface Block {
  first: number
  size: number
}

/** Reads a block and clears its host bits, as EC2 does ("100.68.0.18/18" is stored as "100.68.0.0/18"). */
export function readCidr(text: string, parameter: string): Block {
  const [, a, b, c, d, length] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? []
  const bytes = [a, b, c, d].map(Number)
  if (length === undefined || Number(length) > 32 || bytes.some((byte) => byte > 255))
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
    )
  const size = 2 ** (32 - Number(length))
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return { first: address - (address % size), size }
}

export function writeCidr(block: Block): string {
  return `${writeAddress(block.first)}/${32 - Math.log2(block.size)}`
}

export function writeAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}

export function contains(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size
}

export function overlaps(one: Block, other: Block): boolean {
  return one.first < other.first + other.size && other.first < one.first + one.size
}

/** VPCs and subnets are /16 to /28 (VPC User Guide, "VPC CIDR blocks", "Subnet sizing"). */
export function allowedSize(block: Block): boolean {
  return block.size <= 65_536 && block.size >= 16
}
