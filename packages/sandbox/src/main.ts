import { startSandbox } from './sandbox.ts'

/** The sandbox alone, configured by the environment: UAIS_SANDBOX_PORT, UAIS_DATA_DIR, UAIS_SANDBOX_SETTLE_MS. */
const { UAIS_SANDBOX_PORT, UAIS_DATA_DIR, UAIS_SANDBOX_SETTLE_MS } = process.env

const sandbox = await startSandbox({
  port: numberOf('UAIS_SANDBOX_PORT', UAIS_SANDBOX_PORT, 4566),
  settleMs: numberOf('UAIS_SANDBOX_SETTLE_MS', UAIS_SANDBOX_SETTLE_MS, 0),
  ...(UAIS_DATA_DIR ? { dataDir: UAIS_DATA_DIR } : {}),
})
console.log(`AWS sandbox on ${sandbox.url}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    sandbox.stop().then(() => process.exit(0))
  })
}

function numberOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0) return value
  console.error(`starting the sandbox: ${name} must be a whole number, not '${text}'`)
  process.exit(2)
}
