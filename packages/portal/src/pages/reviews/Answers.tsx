import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Review, ReviewForm } from '@uais/contract'

/** What the submitter answered, in the sections of the form that was in force then. */
export function Answers({ form, review }: { form: ReviewForm; review: Review }) {
  const sections = [...new Set(form.questions.map((question) => question.section))]
  return (
    <Container header={<Header variant="h2">{form.title}</Header>}>
      <SpaceBetween size="l">
        {sections.map((section) => (
          <SpaceBetween size="s" key={section}>
            <Header variant="h3">{section}</Header>
            {form.questions
              .filter((question) => question.section === section)
              .map((question) => (
                <div key={question.id}>
                  <Box variant="awsui-key-label">{question.label}</Box>
                  <Box>{inWords(review.spec.answers[question.id])}</Box>
                </div>
              ))}
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </Container>
  )
}

function inWords(answer: string | boolean | undefined): string {
  if (answer === true) return 'Confirmed'
  return answer || 'Not answered'
}
