import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { foldersOf } from '../../../model/arrangement'
import type { Connection } from '../../../state/app'
import { profilesState, selectEntry } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { TextField } from '../../../ui/fields'
import { movedToFolderState } from './movedToFolderState'
import { moveAll } from './bulkActions'

/** Asks for a folder, known or new; an empty field takes the connections out of their folder. */
export function MoveToFolderDialog() {
  const connections = useApp(movedToFolderState, (state) => state.connections)
  const [first] = connections
  return first ? <OpenDialog key={first.id} connections={connections} first={first} /> : null
}

interface OpenDialogProps {
  readonly connections: readonly Connection[]
  readonly first: Connection
}

function OpenDialog({ connections, first: { app, id } }: OpenDialogProps) {
  const t = useTranslations('connections')
  const profiles = useApp(profilesState, (state) => state.entries)
  const onClose = useApp(movedToFolderState, (state) => state.close)
  const [folder, setFolder] = useState(selectEntry(id)(app.get(profilesState))?.profile.folder ?? '')
  const formId = useId()
  const listId = useId()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    moveAll(app, connections, { folder: folder.trim(), beforeId: null })
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
