import { randomUUID } from 'node:crypto'
import { PlatformError } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/**
 * Questions that the API asks the worker. The API's own role may enter an account only to mint (`uais-mint`); whoever
 * needs more than that, even to look, is the worker. A question is a job of the task `ask`, its answer a row.
 */
export interface Questions {
  'probe-account': { accountId: string }
  'sweep-models': { projectId: string }
  'prove-account': { accountId: string }
}
type Question = keyof Questions
export interface AskJob<Q extends Question = Question> {
  question: Q
  input: Questions[Q]
  answerId: string
}

const interval = 150

/** Asks, and waits for the answer. @throws PlatformError account-unreachable when no worker answers in time */
export async function ask<Q extends Question, Answer>(
  db: Db,
  question: Q,
  input: Questions[Q],
  patience = 30_000,
): Promise<Answer> {
  const job: AskJob<Q> = { question, input, answerId: randomUUID() }
  // Tried once: a person is waiting, and asks again if need be. The priority passes reconciles that may take minutes.
  await sql`select graphile_worker.add_job(
    'ask'::text, payload => ${JSON.stringify(job)}::json, max_attempts => 1, priority => -10)`.execute(db)
  const end = Date.now() + patience
  while (Date.now() < end) {
    const row = await db.deleteFrom('answer').where('id', '=', job.answerId).returning('body').executeTakeFirst()
    if (row) return answerFrom<Answer>(row.body as Stored<Answer>)
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
  throw new PlatformError(
    'account-unreachable',
    `waiting for the worker (${question}): it did not answer in time; try again`,
  )
}

type Stored<Answer> = { answer: Answer } | { error: { code: 'account-unreachable'; message: string } }

function answerFrom<Answer>(stored: Stored<Answer>): Answer {
  if ('answer' in stored) return stored.answer
  throw new PlatformError(stored.error.code, stored.error.message)
}

/** For the worker's task `ask`: finds the answer and leaves it for the asker. Old answers nobody fetched are dropped. */
export async function answer(db: Db, job: AskJob, find: (job: AskJob) => Promise<unknown>): Promise<void> {
  const body = await find(job).then(
    (found) => ({ answer: found ?? null }),
    (error: unknown) => {
      const message = error instanceof PlatformError ? error.message : `${job.question}: the worker could not answer`
      return { error: { code: 'account-unreachable' as const, message } }
    },
  )
  await db
    .insertInto('answer')
    .values({ id: job.answerId, body: JSON.stringify(body) })
    .execute()
  await sql`delete from answer where at < now() - interval '10 minutes'`.execute(db)
}
