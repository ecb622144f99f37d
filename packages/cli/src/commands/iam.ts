import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { evaluateBatchLine } from '@uais/iam'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'
import { readJson } from '../json-file.ts'

export function iam(program: Command, cli: Cli): void {
  const group = program.command('iam').description('the policy evaluator, offline')
  group
    .command('evaluate')
    .description('decide requests: one JSON file, or NDJSON in and out with --batch')
    .option('--batch', 'one request a line on standard input (or in --file), one decision a line, same order')
    .option('--file <path>', 'read from a file instead of standard input', '-')
    .action(async ({ batch, file }: { batch?: boolean; file: string }) => {
      if (!batch) return cli.out(evaluateBatchLine(JSON.stringify(readJson(file))))
      const input = file === '-' ? process.stdin : createReadStream(file)
      input.on('error', () => undefined)
      let lines = 0
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        if (line.trim() === '') continue
        lines++
        cli.out(evaluateBatchLine(line))
      }
      if (lines === 0) throw new UsageError('evaluating: there was no request in the input')
    })
}
