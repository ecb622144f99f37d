import { AwsError } from '../../kernel/aws-error.ts'

/** A form upload: fields in lower case, as S3 compares them, and the file, which ends the form. */
export interface Form {
  fields: Map<string, string>
  file: { name: string; type: string | undefined; bytes: Buffer } | undefined
}

const maxFieldBytes = 20_480

const malformed = (message: string) => new AwsError('MalformedPOSTRequest', message, 400)

/** Reads multipart/form-data (RFC 7578). Fields after the file are ignored (S3 API Reference, "POST Object"). */
export function parseForm(contentType: string, body: Buffer): Form {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  if (!boundary) throw malformed('The body of your POST request is not well-formed multipart/form-data.')
  const delimiter = Buffer.from(`--${boundary[1] ?? boundary[2]}`)
  const form: Form = { fields: new Map(), file: undefined }
  let fieldBytes = 0
  for (const part of partsOf(body, delimiter)) {
    if (part.name === 'file') {
      form.file = { name: part.filename ?? '', type: part.type, bytes: part.bytes }
      return form
    }
    fieldBytes += part.bytes.length
    if (fieldBytes > maxFieldBytes)
      throw new AwsError(
        'MaxPostPreDataLengthExceededError',
        'Your POST request fields preceding the upload file were too large.',
        400,
      )
    form.fields.set(part.name.toLowerCase(), part.bytes.toString('utf8'))
  }
  return form
}

interface Part {
  name: string
  filename: string | undefined
  type: string | undefined
  bytes: Buffer
}

function* partsOf(body: Buffer, delimiter: Buffer): Generator<Part> {
  let at = body.indexOf(delimiter)
  if (at < 0) throw malformed('The body of your POST request is not well-formed multipart/form-data.')
  const next = Buffer.concat([Buffer.from('\r\n'), delimiter])
  while (true) {
    at += delimiter.length
    if (body.subarray(at, at + 2).toString('latin1') === '--') return
    const headersEnd = body.indexOf('\r\n\r\n', at)
    const end = headersEnd < 0 ? -1 : body.indexOf(next, headersEnd + 2)
    if (end < 0) throw malformed('The body of your POST request is not well-formed multipart/form-data.')
    yield partOf(
      body.subarray(at, headersEnd).toString('utf8'),
      body.subarray(headersEnd + 4, Math.max(end, headersEnd + 4)),
    )
    at = end + 2
  }
}

function partOf(head: string, bytes: Buffer): Part {
  const disposition = /content-disposition:\s*form-data;(.*)/i.exec(head)?.[1] ?? ''
  const name = /(?:^|;)\s*name="([^"]*)"/i.exec(disposition)?.[1]
  if (name === undefined) throw malformed('A part of your POST request has no name.')
  return {
    name,
    filename: /;\s*filename="([^"]*)"/i.exec(disposition)?.[1],
    type: /content-type:\s*(.+)/i.exec(head)?.[1]?.trim(),
    bytes,
  }
}
