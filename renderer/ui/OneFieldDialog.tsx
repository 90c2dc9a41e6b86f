import { useId, type ReactNode, type SubmitEvent } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface OneFieldDialogProps {
  readonly title: string
  readonly cancel: string
  readonly submit: string
  readonly onClose: () => void
  readonly onSubmit: () => void
  /** The field. */
  readonly children: ReactNode
}

/** A small dialog that asks for one thing, mostly a name. Enter in the field submits. */
export function OneFieldDialog({ title, cancel, submit, onClose, onSubmit, children }: OneFieldDialogProps) {
  const formId = useId()
  const handleSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button type="submit" form={formId} variant="primary">
            {submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        {children}
      </form>
    </Dialog>
  )
}
