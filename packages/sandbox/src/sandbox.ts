import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { control, controlPrefix } from './control/control.ts'
import { BlobStore } from './kernel/blob-store.ts'
import { FileJournal } from './kernel/journal.ts'
import { Kernel, type Log } from './kernel/kernel.ts'
import { rawDoor } from './kernel/raw-door.ts'
import { serve } from './kernel/serve.ts'
import type { Page } from './kernel/service.ts'
import { Store } from './kernel/store.ts'
import { seed } from './seed/seed.ts'
import { pages, services } from './services/registry.ts'
import type { HttpAnswer, HttpRequest } from './wire/http-message.ts'
import { createHttpServer } from './wire/http-server.ts'

export interface SandboxOptions {
  /** Default 4566; 0 takes a free port. */
  port?: number
  /** Default 127.0.0.1. */
  host?: string
  /** Where everything is kept. Without it the sandbox forgets all when it stops. */
  dataDir?: string
  /** How long asynchronous resources stay in their pending state, milliseconds; default 0. */
  settleMs?: number
  log?: Log
}

export interface Sandbox {
  /** Address of every AWS service, for AWS_ENDPOINT_URL. */
  url: string
  kernel: Kernel
  /** Ends open work, writes a snapshot and frees the port. */
  stop(): Promise<void>
}

const quiet: Log = {
  info: () => undefined,
  error: ({ error }, message) => console.error(`sandbox: ${message}:`, error),
}

/** Starts the AWS organisation on localhost: restores or seeds it, then listens. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const log = options.log ?? quiet
  const directory = options.dataDir ?? mkdtempSync(join(tmpdir(), 'uais-sandbox-'))
  const store = new Store(new FileJournal(join(directory, 'journal')))
  const blobs = new BlobStore(join(directory, 'blobs'))
  const kernel = new Kernel({ services, store, blobs, log, settleMs: options.settleMs ?? 0 })
  await seed(kernel)
  const server = createHttpServer((request) => answer(kernel, request))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 4566, options.host ?? '127.0.0.1', resolve)
  })
  kernel.start()
  const { address, port } = server.address() as AddressInfo
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`
  log.info({ url, directory }, 'sandbox is ready')
  return {
    url,
    kernel,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await kernel.stop()
      store.close()
      if (options.dataDir === undefined) rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function answer(kernel: Kernel, request: HttpRequest): Promise<HttpAnswer> {
  try {
    if (request.path.startsWith(controlPrefix)) return control(kernel, request)
    const page = pages.find(({ prefix }) => request.path === prefix || request.path.startsWith(`${prefix}/`))
    return page ? await servePage(kernel, page, request) : await serve(kernel, request)
  } catch (error) {
    kernel.log.error({ method: request.method, path: request.path, error }, 'answering a request')
    return { status: 501, headers: { 'content-type': 'text/plain' }, body: 'The sandbox failed; its log says why.' }
  }
}

function servePage(kernel: Kernel, page: Page, request: HttpRequest): Promise<HttpAnswer> {
  return page.handle(request, rawDoor(kernel, kernel.service(page.service)))
}
