import Alert from '@cloudscape-design/components/alert'
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
  /** Above the fields: what to know before filling them in. */
  notice?: ReactNode
  /** Why this person cannot use the form; then there is none. */
  refused?: string | undefined
  children: ReactNode
}

/** Page with one form: heading, fields, cancel and submit. Enter submits. Fields in `FormSection`s get boxes of their own. */
export function FormPage(props: FormPageProps) {
  const { title, description, submitLabel, cancelTo, busy, onSubmit, notice, refused, children } = props
  if (refused)
    return (
      <SpaceBetween size="m">
        <PageTitle title={title} />
        <Header variant="h1">{title}</Header>
        <Alert type="info" header="This is not yours to do">
          {refused}
        </Alert>
        <AppButton to={cancelTo}>Go back</AppButton>
      </SpaceBetween>
    )
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
        <SpaceBetween size="l">
          {notice}
          {children}
        </SpaceBetween>
      </Form>
    </form>
  )
}

/** Fields that belong together. Each field is a direct child, so that all have the same distance. */
export function FormSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Container {...(title ? { header: <Header variant="h2">{title}</Header> } : {})}>
      <SpaceBetween size="l">{children}</SpaceBetween>
    </Container>
  )
}
