import { fileURLToPath } from 'node:url'
import { startWorker } from '@uais/server'
import { configFor } from './bench.ts'

/** The whole worker in a process of its own, for tests that kill it. */
const [dataDir, sandboxUrl, databaseUrl] = process.argv.slice(2) as [string, string, string]
const config = configFor(dataDir, sandboxUrl, databaseUrl)
const sourceDir = fileURLToPath(new URL('../../../terraform', import.meta.url))
const worker = await startWorker({ ...config, terraform: { ...config.terraform, sourceDir } })
process.once('SIGTERM', () => void worker.stop())
