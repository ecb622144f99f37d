import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { paths } from '../paths.ts'
import { AppLink } from './AppLink.tsx'
import { PageTitle } from './PageTitle.tsx'

/** Also what a person sees of things that exist but are not theirs to see. */
export function NotFoundPage() {
  return (
    <Container header={<Header variant="h1">There is nothing here</Header>}>
      <PageTitle title="Not found" />
      <SpaceBetween size="m">
        <Box>The page does not exist, or what it showed has been removed, or you are not allowed to see it.</Box>
        <AppLink to={paths.home}>Go to your home page</AppLink>
      </SpaceBetween>
    </Container>
  )
}
