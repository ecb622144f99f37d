import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { signIn } from './demo/person.ts'
import { applyBootstrap } from './owner-bootstrap.ts'

/** `npm run bootstrap -- <account name>`: in the sandbox, creates the platform's roles as the account's administrator. */
const env = process.env
const portal = env.UAIS_URL ?? `http://127.0.0.1:${env.UAIS_PORT ?? 8080}`
const awsUrl = `http://127.0.0.1:${env.UAIS_SANDBOX_PORT ?? 4566}`
const { positionals } = parseArgs({ allowPositionals: true })
const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  const [name] = positionals
  if (!name) throw new Error('say which account: npm run bootstrap -- <account name>')
  const { client } = await signIn(portal, 'ada')
  const { items } = await client.call('accounts.list', { query: { search: name, limit: 100 } })
  const account = items.find((it) => it.name === name)
  if (!account) throw new Error(`there is no account '${name}'; onboard it in the portal first`)
  const bootstrap = await client.call('accounts.bootstrap', { params: { id: account.id } })
  const directory = join(env.UAIS_DATA_DIR ?? '.uais', 'owners')
  await applyBootstrap({ account, bootstrap, awsUrl, directory: resolve(directory), onLine: say })
  say(`The platform's roles are in ${account.spec.awsAccountId}. Go on in the portal: check the roles, then provision.`)
} catch (error) {
  process.stderr.write(`Creating the roles did not work: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
