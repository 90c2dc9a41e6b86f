import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/fields'
import { foldersOf } from './arrangement'
import { selectEntry } from './connectionSelectors'

interface MoveToFolderDialogProps {
  readonly connectionId: string
  readonly onMove: (folder: string) => void
  readonly onClose: () => void
}

/** Asks for a folder, known or new; an empty field takes the connection out of its folder. */
export function MoveToFolderDialog({ connectionId, onMove, onClose }: MoveToFolderDialogProps) {
  const t = useTranslations('connections')
  const profiles = useApp((state) => state.profiles)
  const entry = useApp(selectEntry(connectionId))
  const [folder, setFolder] = useState(entry?.profile.folder ?? '')
  const formId = useId()
  const listId = useId()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onMove(folder.trim())
    onClose()
  }
  return (
    <Dialog
      title={t('moveToFolderTitle')}
      open
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary">
            {t('move')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <TextField
          label={t('folder')}
          value={folder}
          onChange={setFolder}
          list={listId}
          maxLength={200}
          hint={t('folderHint')}
        />
        <datalist id={listId}>
          {foldersOf(profiles).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </form>
    </Dialog>
  )
}
