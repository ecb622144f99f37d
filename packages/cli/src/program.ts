import { Command } from 'commander'
import type { Cli } from './cli.ts'
import { accounts } from './commands/accounts.ts'
import { dataSources } from './commands/data-sources.ts'
import { deployments } from './commands/deployments.ts'
import { directory } from './commands/directory.ts'
import { exceptions } from './commands/exceptions.ts'
import { guardrails } from './commands/guardrails.ts'
import { iam } from './commands/iam.ts'
import { models } from './commands/models.ts'
import { observe } from './commands/observe.ts'
import { projects } from './commands/projects.ts'
import { prove } from './commands/prove.ts'
import { reviews } from './commands/reviews.ts'
import { runs } from './commands/runs.ts'
import { sandbox } from './commands/sandbox.ts'
import { session } from './commands/session.ts'
import { workspaces } from './commands/workspaces.ts'
import { explain } from './exit.ts'

const nouns = [
  ...[session, accounts, projects, workspaces, dataSources, models],
  ...[reviews, deployments, runs, observe, directory, guardrails, exceptions, prove, iam, sandbox],
]

/** Runs one command line, without the program's name. Resolves with the exit status (exit.ts); never rejects. */
export async function runCli(args: readonly string[], cli: Cli): Promise<number> {
  const program = programOf(cli)
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // What could not be parsed has not become an option yet.
    return explain(error, cli, program.opts<{ json?: boolean }>().json === true || args.includes('--json'))
  }
}

function programOf(cli: Cli): Command {
  const program = new Command('uais')
    .description('United AI Studio: governed SageMaker inside the data owner’s account')
    .option('--server <url>', 'address of UAIS', cli.defaultServer)
    .option('--json', 'print JSON instead of tables')
    .showHelpAfterError('(uais --help lists the commands)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => cli.out(text.trimEnd()),
      writeErr: (text) => cli.note(text.trimEnd()),
    })
    // Commands inherit this only if it is set before they are added.
    .exitOverride()
  for (const add of nouns) add(program, cli)
  return program
}
