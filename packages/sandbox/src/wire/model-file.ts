/** Shape of models/<service>.json, which scripts/generate-models.ts writes. */
export interface ModelFile {
  /** What generated the file, from which versions. */
  meta: { generator: string; botocore: string; sdk: string }
  service: string
  signingName: string
  protocols: Protocol[]
  apiVersion: string
  jsonVersion?: string | undefined
  targetPrefix?: string | undefined
  xmlNamespace?: string | undefined
  /** Errors carry `x-amzn-query-error` for clients of the former query protocol. */
  queryCompatible?: boolean | undefined
  errors: Record<string, ErrorFile>
  operations: Record<string, OperationFile>
  shapes: Record<string, ShapeFile>
}

export type Protocol = 'query' | 'ec2' | 'json' | 'rest-xml' | 'rest-json' | 'smithy-rpc-v2-cbor'

interface ErrorFile {
  /** Absent: the model names none, and the thrower's status counts. */
  status?: number | undefined
  /** Code on the wire of the query protocol, where it differs from the shape's name. */
  queryCode?: string | undefined
}

export interface OperationFile {
  method: string
  uri: string
  status?: number | undefined
  input?: string | undefined
  /** Root element of a rest-xml body. */
  inputElement?: string | undefined
  output?: string | undefined
  resultWrapper?: string | undefined
  pages?: PagesFile | undefined
}

/** How an operation pages: token members, "there is more" flag, page size, and the lists that are cut. */
export interface PagesFile {
  input: string
  output: string
  more?: string | undefined
  limit?: string | undefined
  results: string[]
}

export interface ShapeFile {
  type: ShapeType
  members?: Record<string, MemberFile>
  member?: MemberFile
  key?: MemberFile
  value?: MemberFile
  required?: string[]
  payload?: string
  min?: number
  max?: number
  pattern?: string
  enum?: string[]
  flattened?: boolean
  timestampFormat?: TimestampFormat
  locationName?: string
  xmlNamespace?: XmlNamespace
  sensitive?: boolean
  document?: boolean
  union?: boolean
}

type ShapeType =
  | 'structure'
  | 'list'
  | 'map'
  | 'string'
  | 'integer'
  | 'long'
  | 'float'
  | 'double'
  | 'boolean'
  | 'timestamp'
  | 'blob'

export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp'

interface XmlNamespace {
  uri: string
  prefix?: string
}

export interface MemberFile {
  shape: string
  location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'
  locationName?: string
  queryName?: string
  flattened?: boolean
  xmlAttribute?: boolean
  xmlNamespace?: XmlNamespace
  timestampFormat?: TimestampFormat
  jsonvalue?: boolean
}
