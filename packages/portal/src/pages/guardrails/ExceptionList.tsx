import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Exception } from '@uais/contract'
import { paths } from '../../paths.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ago } from '../../ui/time.ts'
import { ExceptionDecision } from '../exceptions/ExceptionDecision.tsx'

/** Exceptions of one control that are asked for or in force. */
export function ExceptionList({ exceptions }: { exceptions: readonly Exception[] }) {
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${exceptions.length})`}>
          Exceptions
        </Header>
      }
    >
      {exceptions.length === 0 ? (
        <Box>None is asked for or in force.</Box>
      ) : (
        <SpaceBetween size="xs">
          {exceptions.map((exception) => (
            <div key={exception.id}>
              <ExceptionDecision exception={exception} />{' '}
              <AppLink to={paths.exception(exception.id)}>{exception.name}</AppLink>: {exception.spec.reason}{' '}
              <small>
                (until {exception.spec.expiresAt.slice(0, 10)}, asked for {ago(exception.createdAt)})
              </small>
            </div>
          ))}
        </SpaceBetween>
      )}
    </Container>
  )
}
