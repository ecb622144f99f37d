import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Review } from '@uais/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { LongTextField } from '../../ui/Field.tsx'

/** A reviewer's own decision. The server checks that the reviewer is neither the submitter nor a member. */
export function SignOff({ review }: { review: Review }) {
  const { person, platformRoles } = useSession()
  const [comment, setComment] = useState('')
  const missing = comment.trim().length < 3
  if (!platformRoles.includes('reviewer')) return null
  if (review.spec.submittedBy.oid === person.oid)
    return <Alert type="info">You submitted this model, so others of the board decide.</Alert>
  if (review.status.outputs.signOffs.some((signOff) => signOff.reviewer.oid === person.oid))
    return <Alert type="info">You have signed off. It takes {review.status.outputs.requiredSignOffs} reviewers.</Alert>
  const send = (decision: 'approve' | 'reject') =>
    client.call('reviews.sign-off', { params: { id: review.id }, body: { decision, comment } })
  return (
    <Container header={<Header variant="h2">Your sign-off</Header>}>
      <SpaceBetween size="m">
        <LongTextField
          label="Comment"
          description="Kept with the decision; write what you looked at."
          value={comment}
          error=""
          onChange={setComment}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <ConfirmButton
            label="Approve"
            variant="primary"
            disabled={missing}
            disabledReason="Write a comment first: it is kept with the decision."
            confirmLabel="Approve"
            done="Your approval is recorded."
            consequence={`You approve exactly the artifact ${review.spec.artifactSha256.slice(0, 12)}…; any other artifact needs its own review.`}
            act={() => send('approve')}
          />
          <ConfirmButton
            label="Reject"
            disabled={missing}
            disabledReason="Write a comment first: it is kept with the decision."
            confirmLabel="Reject"
            done="Your rejection is recorded."
            consequence="One rejection decides: the version cannot be deployed."
            act={() => send('reject')}
          />
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  )
}
