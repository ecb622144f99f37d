import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type HttpAnswer, type HttpRequest, parseQuery } from './http-message.ts'

/** Bodies above this are refused while they come in: the sandbox holds a body in memory. */
const maxBody = 256 * 1024 * 1024
const idleMs = 75_000

/** An HTTP server that reads whole requests and writes whole answers. `answer` must not throw. */
export function createHttpServer(answer: (request: HttpRequest) => Promise<HttpAnswer>): Server {
  const server = createServer({ keepAliveTimeout: idleMs }, (incoming, response) => {
    serve(incoming, response, answer).catch(() => response.destroy())
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    else socket.destroy()
  })
  return server
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: (request: HttpRequest) => Promise<HttpAnswer>,
): Promise<void> {
  const body = await readBody(incoming)
  if (body === undefined) {
    response.writeHead(413, { connection: 'close', 'content-length': '0' }).end()
    return
  }
  write(response, incoming.method ?? 'GET', await answer(toRequest(incoming, body)))
}

/** By events: an async iterator per request costs more than all the rest of reading it. */
function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBody) resolve(undefined)
      else chunks.push(chunk)
    })
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    incoming.on('error', reject)
  })
}

function toRequest(incoming: IncomingMessage, rawBody: Buffer): HttpRequest {
  const url = incoming.url ?? '/'
  const at = url.indexOf('?')
  const rawQuery = at < 0 ? '' : url.slice(at + 1)
  const headers: Record<string, string> = {}
  for (const name in incoming.headers) {
    const value = incoming.headers[name]
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  }
  return {
    method: incoming.method ?? 'GET',
    path: at < 0 ? url : url.slice(0, at),
    rawQuery,
    query: parseQuery(rawQuery),
    headers,
    rawBody,
    body: rawBody,
    remoteAddress: (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  }
}

const bodiless = new Set([204, 304])

function write(response: ServerResponse, method: string, { status, headers, body }: HttpAnswer): void {
  const length = headers['content-length'] ?? String(Buffer.byteLength(body))
  // A HEAD answer states the length of what GET would send; 204 and 304 have no length at all.
  response.writeHead(status, bodiless.has(status) ? headers : { ...headers, 'content-length': length })
  response.end(method === 'HEAD' || bodiless.has(status) ? undefined : body)
}
