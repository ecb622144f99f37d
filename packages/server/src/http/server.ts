import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { Logger } from '../logger.ts'
import { answerError } from './errors.ts'
import { addHealth } from './health.ts'
import { addMetrics } from './metrics.ts'
import { addOpenApi } from './openapi.ts'
import { addPortal } from './portal.ts'
import { addSecurityHeaders } from './security-headers.ts'

const megabyte = 1024 ** 2

/** An HTTP server with everything that does not know what UAIS is about. `addRoutes` adds the rest. */
export async function createServer(
  config: Config,
  log: Logger,
  database: Database,
  addRoutes: (app: FastifyInstance) => Promise<void> | void,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    bodyLimit: megabyte,
    genReqId: () => randomUUID(),
    frameworkErrors: answerError,
    requestIdHeader: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    // The log has one line per act and per refusal already.
    logController: new LogController({ disableRequestLogging: true }),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerError)
  acceptJsonOnly(app)
  await app.register(fastifyCookie)
  addSecurityHeaders(app, {
    secure: config.origin.startsWith('https:'),
    uploadOrigin: config.platform.endpointUrl && new URL(config.platform.endpointUrl).origin,
  })
  addMetrics(app, config.secrets.metricsToken)
  await addOpenApi(app, config.origin)
  addHealth(app, database)
  await app.register(async (scope) => addRoutes(scope))
  await addPortal(app, config.portalDir)
  return app
}

function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  // 'error': a body with `__proto__` or `constructor.prototype` is refused, not cleaned.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
  // An act without a body is an act with an empty one.
  app.addHook('preValidation', async (request) => {
    if (request.method !== 'GET' && request.body === undefined) request.body = {}
  })
}
