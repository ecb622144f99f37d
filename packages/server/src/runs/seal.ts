import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { PlatformError } from '@uais/contract'

const nonceBytes = 12
const tagBytes = 16

/**
 * Stored plans hold values in clear text, so they are kept sealed: AES-256-GCM, nonce and tag in front. `bound`
 * (the run's id) is authenticated with them, so that one run's plan can never be applied as another's.
 */
export function seal(key: Buffer, bound: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(bound))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** @throws PlatformError internal when the key, the run or a single bit differs. */
export function unseal(key: Buffer, bound: string, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
    decipher.setAAD(Buffer.from(bound))
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()])
  } catch (cause) {
    throw new PlatformError('internal', 'opening the stored plan: it was sealed with another key or for another run', {
      cause,
    })
  }
}
