import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { wordsFor } from '../api/errors.ts'

/** An error in words, with a way on where there is one. */
export function ErrorAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = wordsFor(error)
  return (
    <Alert
      type="error"
      header={words.title}
      action={onRetry ? <Button onClick={onRetry}>Try again</Button> : undefined}
    >
      {words.message}
    </Alert>
  )
}
