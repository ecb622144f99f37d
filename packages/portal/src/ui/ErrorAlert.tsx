import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { PlatformError } from '@uais/contract'
import { wordsFor } from '../api/errors.ts'

/** An error in words, with a way on where there is one. */
export function ErrorAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = wordsFor(error)
  // Asking again does not give anybody a right.
  const mayHelp = !(error instanceof PlatformError && error.code === 'not-allowed')
  return (
    <Alert
      type="error"
      header={words.title}
      action={onRetry && mayHelp ? <Button onClick={onRetry}>Try again</Button> : undefined}
    >
      {words.message}
    </Alert>
  )
}
