import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { evaluateBatchLine } from '@uais/iam'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { Unsuccessful, UsageError } from '../exit.ts'
import { readJson, unreadable } from '../json-file.ts'

/** Decisions are printed in portions: a write for each would take longer than deciding. */
const portion = 500

export function iam(program: Command, cli: Cli): void {
  const group = program.command('iam').description('the policy evaluator, offline')
  group
    .command('evaluate')
    .description('decide requests: one JSON file, or NDJSON in and out with --batch')
    .option('--batch', 'one request a line on standard input (or in --file), one decision a line, same order')
    .option('--file <path>', 'read from a file instead of standard input', '-')
    .action(async ({ batch, file }: { batch?: boolean; file: string }) => {
      if (batch) return evaluateLines(await inputOf(file, cli), cli)
      const answer = evaluateBatchLine(JSON.stringify(await readJson(file, cli)))
      cli.out(answer)
      if ('error' in JSON.parse(answer)) throw new Unsuccessful('the request is malformed')
    })
}

/** @throws UsageError when there is no such file */
async function inputOf(file: string, cli: Cli): Promise<Readable> {
  if (file === '-') return cli.input
  const handle = await open(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  return handle.createReadStream()
}

/** A malformed line is answered in its place, so that answers can be matched by counting lines. */
async function evaluateLines(input: Readable, cli: Cli): Promise<void> {
  let lines = 0
  let answers: string[] = []
  const print = async () => {
    if (answers.length > 0) cli.out(answers.join('\n'))
    answers = []
    await cli.drained()
  }
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    lines++
    answers.push(evaluateBatchLine(line))
    if (answers.length === portion) await print()
  }
  await print()
  if (lines === 0) throw new UsageError('evaluating: there was no request in the input')
}
