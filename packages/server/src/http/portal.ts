import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import { PlatformError } from '@uais/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * Serves the built portal from `dir`. Paths that no file and no route knows are the portal's own pages: they get its
 * `index.html`, but only where a browser asks for a page. Everything else is a plain 404.
 */
export async function addPortal(app: FastifyInstance, dir: string | undefined): Promise<void> {
  const root = dir && resolve(dir)
  const built = root !== undefined && existsSync(resolve(root, 'index.html'))
  if (built)
    await app.register(fastifyStatic, {
      root,
      index: ['index.html'],
      // A build writes none; one that lies there by accident is nobody's business.
      dotfiles: 'ignore',
      // Vite names assets by their content; the page that names them must be asked for each time.
      setHeaders: (reply, path) => {
        reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  app.setNotFoundHandler((request, reply) => {
    if (built && asksForPage(request)) return reply.header('cache-control', 'no-cache').sendFile('index.html', root)
    throw new PlatformError(
      'not-found',
      `answering ${request.method} ${request.url.split('?')[0]}: there is no such address`,
    )
  })
}

function asksForPage(request: FastifyRequest): boolean {
  const ours = /^\/(api|auth)(\/|$)/.test(request.url)
  return request.method === 'GET' && !ours && (request.headers.accept ?? '').includes('text/html')
}
