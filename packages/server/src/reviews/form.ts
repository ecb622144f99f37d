import { readdirSync, readFileSync } from 'node:fs'
import { type answersSchema, PlatformError, type ReviewForm, reviewFormSchema } from '@uais/contract'
import type { z } from 'zod'

type Answers = z.infer<typeof answersSchema>

const folder = new URL('./forms/', import.meta.url)
/** A published form is never edited: a change is a new file, and reviews keep the version they began with. */
const forms: ReadonlyMap<string, ReviewForm> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => reviewFormSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
    .sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1))
    .map((form) => [form.version, form]),
)

/** The form that new reviews answer: the latest that is published. */
export function formInForce(now = new Date()): ReviewForm {
  const published = [...forms.values()].filter((form) => Date.parse(form.publishedAt) <= now.getTime())
  const latest = published.at(-1)
  if (!latest) throw new PlatformError('not-found', 'reading the review form: none is published yet')
  return latest
}

export function formOf(version: string): ReviewForm {
  const form = forms.get(version)
  if (!form) throw new PlatformError('not-found', `reading the review form: there is no version '${version}'`)
  return form
}

/** @throws PlatformError invalid-request with every answer that does not fit the form */
export function checkAnswers(form: ReviewForm, answers: Answers): void {
  const faults = form.questions.flatMap((question) => {
    const message = faultOf(question, answers[question.id])
    return message ? [{ path: `answers.${question.id}`, message }] : []
  })
  const known = new Set(form.questions.map((question) => question.id))
  for (const id of Object.keys(answers))
    if (!known.has(id)) faults.push({ path: `answers.${id}`, message: `form ${form.version} has no such question` })
  if (faults.length === 0) return
  const first = faults.map(({ path, message }) => `${path}: ${message}`).slice(0, 3)
  throw new PlatformError('invalid-request', `reading the answers: ${first.join('; ')}`, {
    details: { fields: faults },
  })
}

function faultOf(question: ReviewForm['questions'][number], answer: string | boolean | undefined): string | undefined {
  const empty = answer === undefined || answer === '' || answer === false
  if (empty)
    return question.required ? (question.type === 'confirm' ? 'must be confirmed' : 'is not answered') : undefined
  if ((typeof answer === 'boolean') !== (question.type === 'confirm'))
    return question.type === 'confirm' ? 'must be true or false' : 'must be text'
  if (typeof answer !== 'string') return undefined
  if (question.type === 'choice' && !question.choices?.includes(answer))
    return `must be one of: ${question.choices?.join(', ')}`
  if (question.minLength && answer.length < question.minLength) return `needs at least ${question.minLength} characters`
  return undefined
}
