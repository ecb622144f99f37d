import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import { useParams, useRouter } from '@tanstack/react-router'
import { type ReviewForm, reviewCreate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { ChoiceField, LongTextField, TextField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useForm } from '../../ui/use-form.ts'

type Answers = Record<string, string | boolean>
type Question = ReviewForm['questions'][number]

/** The board's form, as published. Metrics and data are collected by the platform; people answer what only people know. */
export function ReviewCreatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const form = useRead('review-form.read', {})
  return <Loaded query={form}>{(published) => <Submission modelVersionId={id} published={published} />}</Loaded>
}

function Submission({ modelVersionId, published }: { modelVersionId: string; published: ReviewForm }) {
  const router = useRouter()
  const form = useForm({
    initial: {} as Answers,
    shape: (answers) => ({
      answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== '')),
    }),
    schema: reviewCreate,
    send: async (body) => {
      const review = await client.call('reviews.create', {
        params: { id: modelVersionId },
        body,
        idempotencyKey: crypto.randomUUID(),
      })
      await router.navigate({ href: paths.review(review.id) })
    },
  })
  const sections = [...new Set(published.questions.map((question) => question.section))]
  return (
    <FormPage
      title="Submit for review"
      description={`${published.title}, version ${published.version}. ${published.requiredSignOffs} reviewers who are neither you nor members of the project decide on exactly this artifact.`}
      submitLabel="Submit to the board"
      cancelTo={paths.modelVersion(modelVersionId)}
      busy={form.busy}
      onSubmit={form.submit}
    >
      {sections.map((section) => (
        <FormSection key={section} title={section}>
          {published.questions
            .filter((question) => question.section === section)
            .map((question) => (
              <QuestionField
                key={question.id}
                question={question}
                answer={form.values[question.id]}
                error={form.error(`answers.${question.id}`)}
                onAnswer={(answer) => form.set(question.id, answer)}
              />
            ))}
        </FormSection>
      ))}
    </FormPage>
  )
}

interface QuestionFieldProps {
  question: Question
  answer: string | boolean | undefined
  error: string
  onAnswer: (answer: string | boolean) => void
}

function QuestionField({ question, answer, error, onAnswer }: QuestionFieldProps) {
  if (question.type === 'confirm')
    return (
      <FormField errorText={error}>
        <Checkbox
          checked={answer === true}
          description={question.help}
          onChange={({ detail }) => onAnswer(detail.checked)}
        >
          {question.label}
        </Checkbox>
      </FormField>
    )
  const common = {
    label: question.required ? question.label : `${question.label} (optional)`,
    description: question.help,
    error,
    value: typeof answer === 'string' ? answer : '',
    onChange: onAnswer,
  }
  if (question.type === 'choice')
    return <ChoiceField {...common} options={(question.choices ?? []).map((value) => ({ value, label: value }))} />
  return question.type === 'text' ? <TextField {...common} /> : <LongTextField {...common} rows={4} />
}
