import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const portal = fileURLToPath(new URL('../../portal/', import.meta.url))
const contract = fileURLToPath(new URL('../../contract/src/', import.meta.url))
const built = join(portal, 'dist/app')
const stamp = join(portal, 'dist/sources.sha256')

/**
 * The built portal's directory. Builds it when its sources, or the contract that it is compiled with, have changed
 * since the last build; otherwise costs a few milliseconds.
 */
export async function buildPortal(): Promise<string> {
  const sources = digestOf([
    join(portal, 'src'),
    join(portal, 'public'),
    join(portal, 'index.html'),
    join(portal, 'vite.config.ts'),
    join(portal, 'package.json'),
    contract,
  ])
  if (existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources)
    return built
  const { build } = await import('vite')
  const { NODE_ENV } = process.env
  // Vite respects what it finds: under a test runner it would build React's development version.
  process.env.NODE_ENV = 'production'
  await build({ root: portal, configFile: join(portal, 'vite.config.ts'), logLevel: 'warn' })
  if (NODE_ENV === undefined) Reflect.deleteProperty(process.env, 'NODE_ENV')
  else process.env.NODE_ENV = NODE_ENV
  writeFileSync(stamp, sources)
  return built
}

function digestOf(paths: string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const entries = readEntries(path)
  if (entries) for (const entry of entries) addTo(hash, join(path, entry))
  else hash.update(path).update('\0').update(readFileSync(path))
}

function readEntries(path: string): string[] | undefined {
  try {
    return readdirSync(path).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined
    throw error
  }
}
