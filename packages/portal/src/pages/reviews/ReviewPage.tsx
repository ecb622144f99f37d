import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams } from '@tanstack/react-router'
import type { Review } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Crumbs } from '../../ui/Crumbs.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { ago } from '../../ui/time.ts'
import { Metrics } from '../models/Metrics.tsx'
import { Answers } from './Answers.tsx'
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
  const version = useRead('model-versions.read', { params: { id: spec.modelVersionId } })
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
      breadcrumbs={
        <Crumbs
          items={[
            { text: 'Reviews', href: paths.reviews },
            { text: review.name, href: paths.review(review.id) },
          ]}
        />
      }
    >
      <PageTitle title={review.name} />
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Decision</Header>}>
          <SpaceBetween size="m">
            <Facts
              columns={2}
              facts={{
                State: <Decision decision={status.outputs.decision} />,
                'Sign-offs': `${status.outputs.signOffs.length} of ${status.outputs.requiredSignOffs}`,
                'Model version': (
                  <AppLink to={paths.modelVersion(spec.modelVersionId)}>
                    {version.data?.name ?? 'Open the model version'}
                  </AppLink>
                ),
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
        <Evidence review={review} />
        <Loaded query={form}>{(published) => <Answers form={published} review={review} />}</Loaded>
        {open && <SignOff review={review} />}
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
      <SpaceBetween size="m">
        <Metrics metrics={spec.evidence.metrics} />
        <Facts
          columns={2}
          facts={{
            'Training job': spec.evidence.trainingJobArn,
            Image: spec.evidence.imageUri,
            'Data it was trained on': (
              <Lines
                lines={spec.evidence.inputs.map(
                  (input) =>
                    `${input.uri} ${input.dataSource ? `(${input.dataSource}, ${input.classification})` : '(not a data source of the project)'}`,
                )}
              />
            ),
          }}
        />
      </SpaceBetween>
    </Container>
  )
}
