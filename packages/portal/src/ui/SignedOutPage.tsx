import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { paths } from '../paths.ts'
import { PageTitle } from './PageTitle.tsx'

/** All that somebody without a session sees. */
export function SignedOutPage() {
  const here = window.location.pathname + window.location.search
  return (
    <main className="signed-out">
      <PageTitle title="Sign in" />
      <Container header={<Header variant="h1">United AI Studio</Header>}>
        <SpaceBetween size="l">
          <Box variant="p">
            Machine learning inside the data owner’s AWS account: the platform comes to the data, and shows what it may
            do there.
          </Box>
          <Button variant="primary" href={paths.signIn(here)}>
            Sign in with Entra ID
          </Button>
        </SpaceBetween>
      </Container>
    </main>
  )
}
