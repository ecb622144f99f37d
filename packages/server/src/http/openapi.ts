import fastifySwagger from '@fastify/swagger'
import * as contract from '@uais/contract'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** Schemas that clients should find by name; the rest is written where it is used. */
const named = {
  Account: contract.accountSchema,
  Project: contract.projectSchema,
  Workspace: contract.workspaceSchema,
  DataSource: contract.dataSourceSchema,
  Model: contract.modelSchema,
  ModelVersion: contract.modelVersionSchema,
  Review: contract.reviewSchema,
  Deployment: contract.deploymentSchema,
  Run: contract.runSchema,
  Finding: contract.findingSchema,
  AuditEntry: contract.auditEntrySchema,
}

/** OpenAPI 3.1 of exactly the routes that are registered, at `/api/v1/openapi.json`; a page for people at `/api/v1/docs`. */
export async function addOpenApi(app: FastifyInstance, origin: string): Promise<void> {
  for (const [id, schema] of Object.entries(named))
    if (!z.globalRegistry.get(schema)) z.globalRegistry.add(schema, { id })
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'United AI Studio',
        version: '1',
        description: 'Errors are problem details (RFC 9457) whose `code` is stable. Creates honour `Idempotency-Key`.',
      },
      servers: [{ url: origin }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'uais' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  app.get('/api/v1/docs', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(page()),
  )
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function page(): string {
  const rows = Object.entries(contract.api).map(([name, route]) => {
    const cells = [name, `${route.method} /api/v1${route.path}`, route.summary, route.action]
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>UAIS API</title>
<style>body{font:15px system-ui;margin:2rem}td,th{text-align:left;padding:.25rem 1rem .25rem 0}</style>
<h1>UAIS API</h1><p>The whole description: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<table><tr><th>Name</th><th>Request</th><th>What it does</th><th>Action in policies.cedar</th></tr>${rows.join('\n')}</table></html>`
}
