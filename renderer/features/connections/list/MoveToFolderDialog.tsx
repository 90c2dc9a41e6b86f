import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { foldersOf } from '../../../model/arrangement'
import type { Connection } from '../../../state/app'
import { profilesState, selectEntry } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import { TextField } from '../../../ui/fields'
import { OneFieldDialog } from '../../../ui/OneFieldDialog'
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
  const listId = useId()
  const submit = () => {
    moveAll(app, connections, { folder: folder.trim(), beforeId: null })
    onClose()
  }
  return (
    <OneFieldDialog
      title={t('moveToFolderTitle')}
      cancel={t('cancel')}
      submit={t('move')}
      onClose={onClose}
      onSubmit={submit}
    >
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
    </OneFieldDialog>
  )
}
