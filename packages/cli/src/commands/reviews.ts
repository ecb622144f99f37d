import { type Answer, type Api, reviewCreate } from '@uais/contract'
import type { Command } from 'commander'
import { checkBody } from '../check-body.ts'
import type { Cli } from '../cli.ts'
import { ask, type ListOptions, pageOf, withPaging } from '../command.ts'
import { idOf } from '../find.ts'
import { readJson } from '../json-file.ts'

type Review = Answer<Api['reviews.read']>
const words = (review: Review) => [
  `${review.name}  ${review.status.outputs.decision}  ${review.id}`,
  `  artifact sha256 ${review.spec.artifactSha256}, form ${review.spec.formVersion}`,
  ...review.status.outputs.signOffs.map((s) => `  ${s.reviewer.name}: ${s.decision}, ${s.comment}`),
]

export function reviews(program: Command, cli: Cli): void {
  const group = program.command('reviews').description('the Machine Learning Review Board')
  withPaging(group.command('list')).action(async (options: ListOptions, command: Command) => {
    const { client, list } = ask(command, cli)
    list(await client.call('reviews.list', { query: pageOf(options) }), [
      { title: 'review', value: (r) => r.name },
      { title: 'decision', value: (r) => r.status.outputs.decision },
      { title: 'sign-offs', value: (r) => `${r.status.outputs.signOffs.length}/${r.status.outputs.requiredSignOffs}` },
      { title: 'submitted by', value: (r) => r.spec.submittedBy.name },
      { title: 'id', value: (r) => r.id },
    ])
  })
  group
    .command('form')
    .description('the questions of the form in force')
    .action(async (_options, command: Command) => {
      const { client, show } = ask(command, cli)
      show(await client.call('review-form.read'), (form) => [
        `${form.title}, version ${form.version}: ${form.requiredSignOffs} sign-offs`,
        ...form.questions.map(
          (q) =>
            `  ${q.id} (${q.type}${q.required ? '' : ', optional'}): ${q.label}${q.choices ? ` [${q.choices.join(' | ')}]` : ''}`,
        ),
      ])
    })
  group
    .command('submit <version-id>')
    .requiredOption('--answers <json>', 'answers by question id; - reads standard input')
    .action(async (id: string, options: { answers: string }, command: Command) => {
      const { client, show } = ask(command, cli)
      const body = checkBody(reviewCreate, { answers: await readJson(options.answers, cli) })
      show(await client.call('reviews.create', { params: { id: idOf('model version', id) }, body }), words)
    })
  group.command('show <review-id>').action(async (id: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('reviews.read', { params: { id: idOf('review', id) } }), words)
  })
  for (const decision of ['approve', 'reject'] as const)
    group
      .command(`${decision} <review-id>`)
      .requiredOption('--comment <text>', 'what you looked at')
      .action(async (id: string, options: { comment: string }, command: Command) => {
        const { client, show } = ask(command, cli)
        show(
          await client.call('reviews.sign-off', {
            params: { id: idOf('review', id) },
            body: { decision, comment: options.comment },
          }),
          words,
        )
      })
  group.command('withdraw <review-id>').action(async (id: string, _options, command: Command) => {
    const { client, show } = ask(command, cli)
    show(await client.call('reviews.withdraw', { params: { id: idOf('review', id) }, body: {} }), words)
  })
}
