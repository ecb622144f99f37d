import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { Review, ReviewForm } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { ago } from '../../ui/time.ts'
import { Decision } from './Decision.tsx'
import { SignOff } from './SignOff.tsx'

export function ReviewPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const review = useRead('reviews.read', { params: { id } }, 5_000)
  return <Loaded query={review}>{(data) => <ReviewView review={data} />}</Loaded>
}

function ReviewView({ review }: { review: Review }) {
  const { spec, status } = review
  const form = useRead('review-form.version', { params: { version: spec.formVersion } })
  const { person } = useSession()
  const open = status.outputs.decision === 'open'
  const mine = spec.submittedBy.oid === person.oid
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`Submitted by ${spec.submittedBy.name} ${ago(review.createdAt)}; form version ${spec.formVersion}`}
          actions={
            open &&
            mine && (
              <ConfirmButton
                label="Withdraw"
                confirmLabel="Withdraw the submission"
                done="The submission is withdrawn."
                consequence="The review ends without a decision. You can submit the version again."
                act={() => client.call('reviews.withdraw', { params: { id: review.id }, body: {} })}
              />
            )
          }
        >
          {review.name}
        </Header>
      }
    >
      <PageTitle title={review.name} />
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Decision</Header>}>
          <SpaceBetween size="m">
            <Facts
              facts={{
                State: <Decision decision={status.outputs.decision} />,
                'Sign-offs': `${status.outputs.signOffs.length} of ${status.outputs.requiredSignOffs}`,
                'Model version': <AppLink to={paths.modelVersion(spec.modelVersionId)}>Open</AppLink>,
                'Decides on artifact': <CopyText text={spec.artifactSha256} label="artifact digest" />,
              }}
            />
            {status.outputs.signOffs.map((signOff) => (
              <Box key={signOff.reviewer.oid}>
                <b>{signOff.reviewer.name}</b> {signOff.decision === 'approve' ? 'approved' : 'rejected'}{' '}
                {ago(signOff.at)}: {signOff.comment}
              </Box>
            ))}
          </SpaceBetween>
        </Container>
        {open && <SignOff review={review} />}
        <Evidence review={review} />
        <Loaded query={form}>{(published) => <AnswersView form={published} review={review} />}</Loaded>
      </SpaceBetween>
    </ContentLayout>
  )
}

function Evidence({ review: { spec } }: { review: Review }) {
  return (
    <Container
      header={
        <Header variant="h2" description="Collected by the platform when the review was submitted.">
          Evidence
        </Header>
      }
    >
      <Facts
        columns={2}
        facts={{
          ...Object.fromEntries(spec.evidence.metrics.map((metric) => [metric.name, metric.value.toPrecision(4)])),
          'Training job': spec.evidence.trainingJobArn,
          Image: spec.evidence.imageUri,
          Inputs: spec.evidence.inputs
            .map(
              (input) =>
                `${input.uri}${input.dataSource ? ` (${input.dataSource}, ${input.classification})` : ' (not a data source of the project)'}`,
            )
            .join('; '),
        }}
      />
    </Container>
  )
}

function AnswersView({ form, review }: { form: ReviewForm; review: Review }) {
  return (
    <Container header={<Header variant="h2">{form.title}</Header>}>
      <SpaceBetween size="m">
        {form.questions.map((question) => {
          const answer = review.spec.answers[question.id]
          return (
            <div key={question.id}>
              <Box variant="awsui-key-label">{question.label}</Box>
              <Box>
                {answer === true ? 'Confirmed' : answer === false || answer === undefined ? 'Not answered' : answer}
              </Box>
            </div>
          )
        })}
      </SpaceBetween>
    </Container>
  )
}
