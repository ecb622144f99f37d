import type { Call, CallOrigin } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'

/** A presigned Studio URL: works once, until `expiresAt`. */
export interface PresignedUrlRow {
  account: string
  region: string
  domainId: string
  userProfileName: string
  spaceName?: string | undefined
  /** Who made the URL: its right to make it is checked again on every request of the Studio session. */
  minter: Principal
  minterOrigin: CallOrigin
  /** ISO 8601 */
  expiresAt: string
  sessionSeconds: number
  used: boolean
}

/** Studio's pages do not know account or region before they see the token, so these rows live in one place. */
export const studioPlace = { service: 'sagemaker', account: '', region: 'studio' }

export const presignedUrls = (call: Call) => call.table<PresignedUrlRow>('PresignedUrl', studioPlace)
