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
import { moveConnection } from './profileVerbs'

/** Asks for a folder, known or new; an empty field takes the connection out of its folder. */
export function MoveToFolderDialog() {
  const connection = useApp(movedToFolderState, (state) => state.connection)
  return connection ? <OpenDialog key={connection.id} connection={connection} /> : null
}

function OpenDialog({ connection: { app, id } }: { readonly connection: Connection }) {
  const t = useTranslations('connections')
  const profiles = useApp(profilesState, (state) => state.entries)
  const onClose = useApp(movedToFolderState, (state) => state.close)
  const [folder, setFolder] = useState(selectEntry(id)(app.get(profilesState))?.profile.folder ?? '')
  const formId = useId()
  const listId = useId()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    moveConnection(app, id, { folder: folder.trim(), beforeId: null })
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
