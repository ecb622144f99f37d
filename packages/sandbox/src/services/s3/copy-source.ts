import { invalidArgument } from './errors.ts'

export interface CopySource {
  Bucket: string
  Key: string
  VersionId?: string
}

/** `x-amz-copy-source`: `/bucket/key?versionId=id`, percent-encoded, the first slash being optional. */
export function parseCopySource(header: string | undefined): CopySource {
  const [path = '', query = ''] = splitQuery((header ?? '').replace(/^\//, ''))
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    throw invalidSource(header)
  }
  const slash = decoded.indexOf('/')
  if (slash < 1 || slash === decoded.length - 1) throw invalidSource(header)
  const versionId = new URLSearchParams(query).get('versionId')
  return {
    Bucket: decoded.slice(0, slash),
    Key: decoded.slice(slash + 1),
    ...(versionId === null ? {} : { VersionId: versionId }),
  }
}

/** Only `?versionId=` ends the key: a raw question mark may be part of it. */
function splitQuery(text: string): [string, string?] {
  const at = text.indexOf('?versionId=')
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function invalidSource(header: string | undefined) {
  return invalidArgument(
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    'x-amz-copy-source',
    header,
  )
}
