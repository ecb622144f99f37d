import type { ModelVersion, Project, Review, ReviewForm } from '@uais/contract'
import type { Person } from './person.ts'
import { until } from './wait.ts'

/** The version that the training registered, once the platform has seen it in the registry. */
export async function findVersion(person: Person, project: Project, packageArn: string): Promise<ModelVersion> {
  const list = () => person.client.call('model-versions.list', { params: { id: project.id }, query: { limit: 100 } })
  const page = await until('the model version to appear', list, ({ items }) =>
    items.some((it) => it.spec.modelPackageArn === packageArn),
  )
  return page.items.find((it) => it.spec.modelPackageArn === packageArn) as ModelVersion
}

/** Submits the board's form and lets two reviewers decide; resolves when SageMaker shows the approval. */
export async function reviewModel(
  submitter: Person,
  reviewers: readonly Person[],
  version: ModelVersion,
): Promise<{ review: Review; version: ModelVersion }> {
  const form = await submitter.client.call('review-form.read')
  const submitted = await submitter.client.call('reviews.create', {
    params: { id: version.id },
    body: { answers: answersTo(form) },
  })
  for (const reviewer of reviewers)
    await reviewer.client.call('reviews.sign-off', {
      params: { id: submitted.id },
      body: {
        decision: 'approve',
        comment: 'Read the evidence: the metric on the held-out split and the inputs are as described.',
      },
    })
  const review = await submitter.client.call('reviews.read', { params: { id: submitted.id } })
  const approved = await until(
    'the approval to reach SageMaker',
    () => submitter.client.call('model-versions.read', { params: { id: version.id } }),
    (it) => it.status.outputs.approval === 'Approved',
  )
  return { review, version: approved }
}

function answersTo(form: ReviewForm): Record<string, string | boolean> {
  return Object.fromEntries(
    form.questions.map((question) => {
      if (question.type === 'confirm') return [question.id, true]
      if (question.type === 'choice') return [question.id, question.choices?.[0] ?? '']
      return [
        question.id,
        `${question.label}: the model ranks cases for people, who decide; it is re-evaluated each quarter on fresh data.`,
      ]
    }),
  )
}
