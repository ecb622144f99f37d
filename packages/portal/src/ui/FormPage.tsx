import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { AppButton } from './AppButton.tsx'
import { PageTitle } from './PageTitle.tsx'

interface FormPageProps {
  title: string
  description: string
  submitLabel: string
  cancelTo: string
  busy: boolean
  onSubmit: () => void
  children: ReactNode
}

/** Page with one form: heading, fields, cancel and submit. Enter submits. */
export function FormPage({ title, description, submitLabel, cancelTo, busy, onSubmit, children }: FormPageProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onSubmit()
      }}
    >
      <PageTitle title={title} />
      <Form
        header={
          <Header variant="h1" description={description}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <AppButton to={cancelTo} variant="link" formAction="none">
              Cancel
            </AppButton>
            <Button variant="primary" loading={busy} formAction="submit">
              {submitLabel}
            </Button>
          </SpaceBetween>
        }
      >
        <Container>
          <SpaceBetween size="l">{children}</SpaceBetween>
        </Container>
      </Form>
    </form>
  )
}
