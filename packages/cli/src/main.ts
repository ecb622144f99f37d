import { homedir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Cli } from './cli.ts'
import { accounts } from './commands/accounts.ts'
import { dataSources } from './commands/data-sources.ts'
import { deployments } from './commands/deployments.ts'
import { iam } from './commands/iam.ts'
import { models } from './commands/models.ts'
import { observe } from './commands/observe.ts'
import { projects } from './commands/projects.ts'
import { reviews } from './commands/reviews.ts'
import { runs } from './commands/runs.ts'
import { sandbox } from './commands/sandbox.ts'
import { session } from './commands/session.ts'
import { workspaces } from './commands/workspaces.ts'
import { explain } from './exit.ts'

const env = process.env
const cli: Cli = {
  defaultServer: env.UAIS_URL ?? `http://127.0.0.1:${env.UAIS_PORT ?? 8080}`,
  defaultSandbox: `http://127.0.0.1:${env.UAIS_SANDBOX_PORT ?? 4566}`,
  token: env.UAIS_TOKEN,
  credentialFile: join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'uais', 'sign-in.json'),
  out: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
}

const program = new Command('uais')
  .description('United AI Studio: governed SageMaker inside the data owner’s account')
  .option('--server <url>', 'address of UAIS', cli.defaultServer)
  .option('--json', 'print JSON instead of tables')
  .showHelpAfterError('(uais --help lists the commands)')
  .configureHelp({ showGlobalOptions: true })

for (const add of [
  session,
  accounts,
  projects,
  workspaces,
  dataSources,
  models,
  reviews,
  deployments,
  runs,
  observe,
  iam,
  sandbox,
])
  add(program, cli)

program.exitOverride()
program.parseAsync().catch((error: unknown) => {
  process.exitCode = explain(error, cli, program.opts<{ json?: boolean }>().json === true)
})
