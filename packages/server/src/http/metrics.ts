import { timingSafeEqual } from 'node:crypto'
import { PlatformError } from '@uais/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, register } from 'prom-client'

const durations = new Histogram({
  name: 'uais_http_request_seconds',
  help: 'Time from request to answer',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
})

/**
 * `GET /metrics` in Prometheus' text format, and the timing of every request. Readable from this machine, and from
 * others with the configured bearer token only: figures tell who uses what.
 */
export function addMetrics(app: FastifyInstance, token: string | undefined): void {
  if (!register.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics()
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not its URL: labels must not grow with the data.
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayRead(request, token))
      throw new PlatformError('not-allowed', 'reading metrics: this machine or the metrics token only')
    return reply.type(register.contentType).send(await register.metrics())
  })
}

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (!token) return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
