import Box from '@cloudscape-design/components/box'
import Spinner from '@cloudscape-design/components/spinner'
import type { UseQueryResult } from '@tanstack/react-query'
import { PlatformError } from '@uais/contract'
import type { ReactNode } from 'react'
import { ErrorAlert } from './ErrorAlert.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'

/** The three states of something read: waiting, failed, here. Not-found becomes the 404 page. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error instanceof PlatformError && query.error.code === 'not-found') return <NotFoundPage />
  if (query.error) return <ErrorAlert error={query.error} onRetry={() => void query.refetch()} />
  return (
    <Box textAlign="center" padding="xxl">
      <Spinner size="large" /> Loading
    </Box>
  )
}
