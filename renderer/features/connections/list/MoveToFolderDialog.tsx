import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { profilesState } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { TextField } from '../../../ui/fields'
import { foldersOf } from '../../../model/arrangement'

interface MoveToFolderDialogProps {
  readonly onMove: (folder: string) => void
  readonly onClose: () => void
}

/** Asks for a folder, known or new; an empty field takes the connection out of its folder. */
export function MoveToFolderDialog({ onMove, onClose }: MoveToFolderDialogProps) {
  const t = useTranslations('connections')
  const profiles = useApp(profilesState, (state) => state.entries)
  const entry = useEntry()
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
