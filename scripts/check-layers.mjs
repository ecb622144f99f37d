// Fails when a package imports one it may not, or when a room reaches for a tool it does not own.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const scope = '@uais/'
/** package → the packages it may import. The reason is the architecture: imports go down. */
const may = {
  iam: [],
  guardrails: ['iam'],
  contract: ['iam'],
  sandbox: ['iam'],
  server: ['contract', 'guardrails', 'iam'],
  cli: ['contract', 'guardrails', 'iam'],
  portal: ['contract'],
  devstack: ['iam', 'guardrails', 'contract', 'sandbox', 'server'],
}

/** One owner per outside tool: [pattern, homes, reason]. */
const owners = [
  [
    /from '@aws-sdk\//,
    ['server/src/aws/', 'devstack/src/', 'sandbox/src/'],
    'AWS is reached through server/src/aws only; the sandbox may import SDK types',
  ],
  [
    /from 'node:child_process'/,
    ['server/src/terraform/', 'devstack/src/', 'sandbox/src/', 'cli/src/'],
    'processes are started by the terraform door only',
  ],
  [
    /\bprocess\.env\b/,
    ['server/src/config/env.ts', 'sandbox/src/main.ts', 'cli/src/main.ts', 'devstack/src/'],
    'the environment is read once, in config',
  ],
  [
    /from 'openid-client'/,
    ['server/src/entra/', 'cli/src/device-flow.ts'],
    'Entra is reached through server/src/entra only',
  ],
]

/** Inside server: a room may import another room's <noun>.ts, never its store.ts, routes.ts or reconcile.ts. */
const doors = ['aws', 'entra', 'terraform', 'db', 'config', 'http', 'queue']

const longest = 400

const root = process.argv[2] ?? 'packages'
const problems = []
for (const file of sources(root)) check(file)
if (root === 'packages')
  for (const beside of ['test', 'scripts']) for (const file of sources(beside)) measure(beside, file)
console.log(problems.length ? problems.join('\n') : 'layers hold')
process.exitCode = problems.length ? 1 : 0

function measure(folder, file) {
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n').length
  const path = relative(folder, file)
  if (lines > longest) problems.push(`${path}: ${lines} lines: over ${longest} a file has more than one subject`)
  return text
}

function check(file) {
  const path = relative(root, file).split(sep).join('/')
  const pkg = path.split('/')[0]
  const text = measure(root, file)
  const isTest = /\.test\.tsx?$/.test(path)
  if (!(pkg in may)) problems.push(`${path}: package '${pkg}' has no row in the layer table`)
  for (const [statement, spec] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
    if (spec.startsWith(scope)) {
      const target = spec.slice(scope.length).split('/')[0]
      if (!may[pkg]?.includes(target)) problems.push(`${path}: ${pkg} may not import ${target}: imports go down`)
      if (spec.slice(scope.length).includes('/'))
        problems.push(`${path}: reaches inside ${target}: use its public door`)
    }
    if (!spec.startsWith('.')) continue
    const target = join(path, '..', spec).split(sep).join('/')
    if (target.split('/')[0] !== pkg) problems.push(`${path}: relative import leaves the package (${statement})`)
    if (pkg === 'server' && !isTest) checkRoom(path, target)
  }
  if (isTest) return
  for (const [pattern, homes, reason] of owners)
    if (pattern.test(text) && !homes.some((home) => path.startsWith(home))) problems.push(`${path}: ${reason}`)
}

function checkRoom(path, target) {
  const [, , room, ...rest] = path.split('/')
  const [, , otherRoom, ...file] = target.split('/')
  if (rest.length === 0 || file.length === 0 || room === otherRoom) return
  if (doors.includes(room) && !doors.includes(otherRoom))
    problems.push(`${path}: door '${room}' imports room '${otherRoom}': doors know nothing of rooms`)
  const base = file.at(-1)
  if (
    !doors.includes(otherRoom) &&
    otherRoom !== 'resources' &&
    ['store.ts', 'routes.ts', 'reconcile.ts'].includes(base)
  )
    problems.push(`${path}: imports ${otherRoom}/${base}: use the room's ${otherRoom}.ts instead`)
}

function* sources(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (['node_modules', 'dist', '__generated__'].includes(entry.name)) continue
    const path = join(dir, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (/\.tsx?$/.test(entry.name)) yield path
  }
}
