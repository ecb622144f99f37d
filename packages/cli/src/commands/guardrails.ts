import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  AccountSpecError,
  backupsOf,
  type CompiledFile,
  catalogue,
  compileAll,
  controlById,
  invariantInWords,
  PolicyTooLarge,
  parseAccountSpec,
} from '@uais/guardrails'
import { type Command, Option } from 'commander'
import type { Cli } from '../cli.ts'
import { ask } from '../command.ts'
import { UsageError } from '../exit.ts'
import { readJson } from '../json-file.ts'
import { printTable } from '../print-table.ts'
import { writing } from '../writing.ts'
import { ofAccount } from './guardrails-account.ts'
import { mutation } from './guardrails-mutate.ts'

const profileOption = () => new Option('--profile <profile>', 'which profile').choices(['standard', 'regulated'])

export function guardrails(program: Command, cli: Cli): void {
  const group = program.command('guardrails').description('what nobody can do: the catalogue, offline')
  group
    .command('list')
    .option('--search <text>', 'only what matches')
    .option('--category <name>', 'only this category')
    .action(({ search = '', category }: { search?: string; category?: string }, command: Command) => {
      const wanted = search.toLowerCase()
      const found = catalogue
        .filter((control) => category === undefined || control.category === category)
        .filter(({ id, title, words }) => `${id} ${title} ${words}`.toLowerCase().includes(wanted))
        .map(({ id, category: of, title, enforcedBy }) => ({ id, category: of, title, enforcedBy }))
      if (command.optsWithGlobals<{ json?: boolean }>().json) return cli.out(JSON.stringify({ items: found }, null, 2))
      printTable(
        found,
        [
          { title: 'control', value: (c) => c.id },
          { title: 'category', value: (c) => c.category },
          { title: 'title', value: (c) => c.title },
        ],
        cli.out,
      )
    })
  ofAccount(group, cli)
  mutation(group, cli)
  group
    .command('show <control>')
    .description('one control: its words, promises, limits, sources, and its statements for an account')
    .option('--account-spec <file>', 'parameters of an account as JSON; - reads standard input')
    .action(async (id: string, options: { accountSpec?: string }, command: Command) => {
      const control = controlById(id.toUpperCase())
      if (!control)
        throw new UsageError(`there is no control '${id}'; there are: ${catalogue.map((one) => one.id).join(', ')}`)
      const params = options.accountSpec ? await accountIn(options.accountSpec, cli) : undefined
      const { statements: _, invariants: __, ...told } = control
      const statements = params ? control.statements(params) : []
      const invariants = params ? (control.invariants?.(params) ?? []) : []
      const detectedBy = backupsOf(control.id).map(({ source, name }) => `${source}: ${name}`)
      ask(command, cli).show({ ...told, detectedBy, invariants, statements }, () => [
        `${control.id}  ${control.title}  (${control.category})`,
        `  ${control.words}`,
        `  enforced by ${control.enforcedBy.join(', ')}`,
        ...detectedBy.map((one) => `  detected by ${one}`),
        ...invariants.map((one) => `  ${one.id}: ${invariantInWords(one)}`),
        ...control.limits.map((limit) => `  limit: ${limit}`),
        ...control.sources.map((source) => `  source: ${source}`),
        ...statements.map(({ place, statement }) => `  ${place}: ${JSON.stringify(statement)}`),
      ])
    })
  group
    .command('compile')
    .description('write every policy and rule of a profile for an account')
    .addOption(profileOption())
    .requiredOption('--account-spec <file>', 'parameters of an account as JSON; - reads standard input')
    .requiredOption('--out <folder>', 'where to write')
    .action(async (options: { profile?: string; accountSpec: string; out: string }, command: Command) => {
      const params = await accountIn(options.accountSpec, cli, options.profile)
      const files = compiledOf(params)
      for (const { path, text } of files) write(join(options.out, path), text)
      const sizes = files.map(({ path, size }) => ({ path, ...size }))
      ask(command, cli).show({ files: sizes }, () =>
        files.map(({ path, size }) => (size ? `${path}  ${size.characters} of ${size.limit} characters` : path)),
      )
    })
}

type Params = ReturnType<typeof parseAccountSpec>

/** The account of a file, with the profile of the option if one is given. @throws UsageError */
async function accountIn(file: string, cli: Cli, profile?: string): Promise<Params> {
  const given = await readJson(file, cli)
  try {
    return parseAccountSpec(profile && given && typeof given === 'object' ? { ...given, profile } : given)
  } catch (error) {
    if (error instanceof AccountSpecError) throw new UsageError(`reading ${file}: ${error.message}`)
    throw error
  }
}

/** All of it, or none: what does not fit is told before anything is written. */
function compiledOf(params: Params): CompiledFile[] {
  try {
    return compileAll(params)
  } catch (error) {
    if (error instanceof PolicyTooLarge) throw new UsageError(error.message)
    throw error
  }
}

function write(path: string, text: string): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  })
}
