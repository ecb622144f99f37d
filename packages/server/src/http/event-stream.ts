import type { FastifyReply, FastifyRequest } from 'fastify'

export interface StreamEvent {
  event: string
  /** Resumes here: comes back as `Last-Event-ID` when the browser reconnects. */
  id?: string
  data: unknown
}

/** Proxies drop connections that are silent; 15 s is below the usual limits. */
const heartbeatEvery = 15_000

/**
 * Answers with server-sent events (WHATWG HTML, "Server-sent events") until `events` ends, the client leaves, or the
 * server stops. `events` must end when its signal is aborted.
 */
export async function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  stopping: AbortSignal,
  events: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
): Promise<void> {
  const gone = new AbortController()
  const leave = () => gone.abort()
  request.raw.once('close', leave)
  stopping.addEventListener('abort', leave, { once: true })
  reply.hijack()
  const out = reply.raw
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) out.setHeader(name, value)
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // nginx would collect the events instead of passing them on.
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  out.write('retry: 2000\n\n')
  const heartbeat = setInterval(() => out.write(': still here\n\n'), heartbeatEvery)
  try {
    for await (const event of events(gone.signal)) out.write(encodeEvent(event))
  } catch (error) {
    request.log.error({ err: error }, 'event stream ended early')
  } finally {
    clearInterval(heartbeat)
    stopping.removeEventListener('abort', leave)
    out.end()
  }
}

/** JSON holds no raw line breaks, so one `data` line is enough. */
function encodeEvent({ event, id, data }: StreamEvent): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}
