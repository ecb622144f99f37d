import { crc32 as zlibCrc32 } from 'node:zlib'

/** Castagnoli polynomial, reflected (RFC 3720 appendix B.4). */
const crc32cTable = table32(0x82f63b78)

export function crc32(bytes: Uint8Array): Buffer {
  return be32(zlibCrc32(bytes))
}

export function crc32c(bytes: Uint8Array): Buffer {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (crc32cTable[(crc ^ byte) & 0xff] as number)
  return be32(~crc >>> 0)
}

/** CRC-64/NVME, polynomial 0xad93d23594c93659 reflected (NVM Express base specification), in two 32-bit halves. */
const nvme = table64(0x9a6c9329, 0xac4bc9b5)

export function crc64nvme(bytes: Uint8Array): Buffer {
  let high = 0xffffffff
  let low = 0xffffffff
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff
    low = ((low >>> 8) | (high << 24)) ^ (nvme.low[index] as number)
    high = (high >>> 8) ^ (nvme.high[index] as number)
  }
  return Buffer.concat([be32(~high >>> 0), be32(~low >>> 0)])
}

function be32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}

function table32(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let crc = index
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
    return crc
  })
}

function table64(polynomialHigh: number, polynomialLow: number) {
  const high = new Uint32Array(256)
  const low = new Uint32Array(256)
  for (let index = 0; index < 256; index++) {
    let h = 0
    let l = index
    for (let bit = 0; bit < 8; bit++) {
      const odd = l & 1
      l = (l >>> 1) | (h << 31)
      h >>>= 1
      if (odd) {
        l ^= polynomialLow
        h ^= polynomialHigh
      }
    }
    high[index] = h
    low[index] = l
  }
  return { high, low }
}
