import { createHash } from 'node:crypto'
import type { MessageAttributeValue } from '@aws-sdk/client-sqs'

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

/** SQS Developer Guide, "Calculating the MD5 message digest for message attributes". */
export function md5OfAttributes(attributes: Record<string, MessageAttributeValue>): string {
  const hash = createHash('md5')
  const add = (part: string | Uint8Array) => {
    const bytes = Buffer.from(part as string)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  for (const name of Object.keys(attributes).sort()) {
    const value = attributes[name] as MessageAttributeValue
    const binary = value.BinaryValue !== undefined
    add(name)
    add(value.DataType ?? '')
    hash.update(Buffer.from([binary ? 2 : 1]))
    add(binary ? bytesOf(value.BinaryValue) : (value.StringValue ?? ''))
  }
  return hash.digest('hex')
}

/** Bytes of a binary attribute: as sent, or as a row keeps it in base64. */
export function bytesOf(value: Uint8Array | string | undefined): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : (value ?? new Uint8Array())
}
