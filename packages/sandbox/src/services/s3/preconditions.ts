import { noSuchKey, notModified, preconditionFailed } from './errors.ts'
import type { VersionRow } from './state.ts'

interface Conditions {
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
  IfModifiedSince?: Date | string | undefined
  IfUnmodifiedSince?: Date | string | undefined
}

/**
 * Conditions of a read, in the order of RFC 9110 section 13.2.2: If-Match beats If-Unmodified-Since,
 * If-None-Match beats If-Modified-Since.
 */
export function checkReadConditions(input: Conditions, version: VersionRow): void {
  const modified = wholeSeconds(version.modifiedAt)
  if (input.IfMatch !== undefined) {
    if (!matches(input.IfMatch, version.etag)) throw preconditionFailed('If-Match')
  } else if (input.IfUnmodifiedSince !== undefined && modified > wholeSeconds(input.IfUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  if (input.IfNoneMatch !== undefined) {
    if (matches(input.IfNoneMatch, version.etag)) throw notModified()
  } else if (input.IfModifiedSince !== undefined && modified <= wholeSeconds(input.IfModifiedSince)) {
    throw notModified()
  }
}

/** Conditions of a write: If-None-Match: * for "only if new", If-Match for "only if still this" (S3 User Guide, "Conditional writes"). */
export function checkWriteConditions(input: Conditions, current: VersionRow | undefined, key: string): void {
  const present = current?.body ? current : undefined
  if (input.IfNoneMatch === '*' && present) throw preconditionFailed('If-None-Match')
  if (input.IfMatch === undefined) return
  if (!present) throw noSuchKey(key)
  if (!matches(input.IfMatch, present.etag)) throw preconditionFailed('If-Match')
}

function matches(condition: string, etag: string): boolean {
  const bare = (text: string) => text.trim().replace(/^W\//, '').replace(/^"|"$/g, '')
  return condition.split(',').some((candidate) => candidate.trim() === '*' || bare(candidate) === bare(etag))
}

/** HTTP dates carry no fractions. */
function wholeSeconds(time: Date | string): number {
  return Math.floor(new Date(time).getTime() / 1000)
}
