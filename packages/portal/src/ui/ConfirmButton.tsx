import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useForget } from '../api/queries.ts'
import { useNotifications } from './notifications.tsx'

interface ConfirmButtonProps {
  label: string
  /** What will happen, and what will not, in a sentence or two. */
  consequence: string
  confirmLabel: string
  done: string
  act: () => Promise<unknown>
  variant?: 'normal' | 'primary'
  disabled?: boolean
  /** Said when somebody asks why the button does nothing. */
  disabledReason?: string
}

/** For acts that somebody might regret: says the consequence first. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const { failed, succeeded } = useNotifications()
  const forget = useForget()
  async function confirm() {
    setBusy(true)
    try {
      await props.act()
      succeeded(props.done)
      setOpen(false)
      await forget()
    } catch (error) {
      failed(error)
      setOpen(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button
        variant={props.variant ?? 'normal'}
        disabled={props.disabled ?? false}
        {...(props.disabledReason ? { disabledReason: props.disabledReason } : {})}
        onClick={() => setOpen(true)}
      >
        {props.label}
      </Button>
      <Modal
        visible={open}
        header={props.confirmLabel}
        closeAriaLabel="Close"
        onDismiss={() => setOpen(false)}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button variant="primary" loading={busy} onClick={() => void confirm()}>
                {props.confirmLabel}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        {props.consequence}
      </Modal>
    </>
  )
}
