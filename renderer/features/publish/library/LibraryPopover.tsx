import { LibraryBig, Pencil, Send, Trash2 } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { largestSavedPayload, type SavedMessage } from '#shared/model/publish'
import { useErrorText } from '../../../i18n/useErrorText'
import { composeMessage } from '../../../state/composerRequest'
import { noticesState } from '../../../state/notices'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/fields'
import { formatBytes } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import styles from '../publish.module.css'
import { publishState } from '../publishState'
import { messageFoldersOf } from './libraryChanges'
import { libraryState, selectSavedMessages, type SavedPlace } from './libraryState'
import { MessageSummary } from './MessageSummary'
import { useSendSaved } from './useSendSaved'

/** Messages saved under a name, in folders, for all connections. */
export function LibraryPopover() {
  const t = useTranslations('publish')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      title={t('library')}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton label={t('library')} icon={<LibraryBig size={14} />} />}
    >
      <LibraryList onDone={() => setOpen(false)} />
    </Popover>
  )
}

function LibraryList({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations('publish')
  const connection = useConnectionObject()
  const savedMessages = useApp(libraryState, selectSavedMessages)
  const errorText = useErrorText()
  const saveDraftAs = useConnection(publishState, (state) => state.saveDraftAs)
  const sendSaved = useSendSaved()
  const folders = useMemo(() => messageFoldersOf(savedMessages), [savedMessages])
  const folderNames = folders.map(({ name }) => name).filter((name) => name !== '')
  const saveAs = async (place: SavedPlace) => {
    const error = await saveDraftAs(place)
    if (error?.code === 'fileTooLarge') return t('tooLargeToKeep', { size: formatBytes(largestSavedPayload) })
    return error && errorText(error)
  }
  return (
    <>
      <PlaceForm
        initial={{ name: '', folder: '' }}
        folders={folderNames}
        action={t('addToLibrary')}
        onSubmit={saveAs}
      />
      {savedMessages.length === 0 ? <p className={styles.faint}>{t('libraryEmpty')}</p> : null}
      {folders.map(({ name, messages }) => (
        <section key={name} aria-label={name === '' ? t('noFolder') : name}>
          {name === '' ? null : <h3 className={styles.folder}>{name}</h3>}
          <ul className={styles.list}>
            {messages.map((saved) => (
              <SavedRow
                key={saved.id}
                saved={saved}
                folders={folderNames}
                onSend={() => sendSaved(saved.message)}
                onLoad={() => {
                  composeMessage(connection, saved.message)
                  onDone()
                }}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

interface PlaceFormProps {
  readonly initial: SavedPlace
  readonly folders: readonly string[]
  readonly action: string
  /** Answers what went wrong, or null when it is done. */
  readonly onSubmit: (place: SavedPlace) => Promise<string | null>
}

/** Name and folder of a saved message. */
function PlaceForm({ initial, folders, action, onSubmit }: PlaceFormProps) {
  const t = useTranslations('publish')
  const [place, setPlace] = useState(initial)
  const [error, setError] = useState<string | null>(null)
  const listId = useId()
  const submit = async () => {
    const name = place.name.trim()
    const problem = name === '' ? t('nameRequired') : await onSubmit({ name, folder: place.folder.trim() })
    setError(problem)
    if (problem === null) setPlace(initial)
  }
  return (
    <form
      className={styles.placeForm}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextField
        label={t('name')}
        value={place.name}
        maxLength={200}
        onChange={(name) => setPlace({ ...place, name })}
        error={error}
      />
      <TextField
        label={t('folder')}
        value={place.folder}
        maxLength={200}
        list={listId}
        onChange={(folder) => setPlace({ ...place, folder })}
      />
      <datalist id={listId}>
        {folders.map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
      <Button type="submit">{action}</Button>
    </form>
  )
}

interface RowProps {
  readonly saved: SavedMessage
  readonly folders: readonly string[]
  readonly onLoad: () => void
  readonly onSend: () => void
}

function SavedRow({ saved, folders, onLoad, onSend }: RowProps) {
  const t = useTranslations('publish')
  const [editing, setEditing] = useState(false)
  const rename = useApp(libraryState, (state) => state.rename)
  const remove = useApp(libraryState, (state) => state.remove)
  const showNotice = useApp(noticesState, (state) => state.show)
  const { name } = saved
  const handleDelete = () => {
    const restore = remove(saved.id)
    if (restore) showNotice({ text: t('deleted', { name }), action: { label: t('undo'), run: restore } })
  }
  const handleRename = (place: SavedPlace) => {
    rename(saved.id, place)
    setEditing(false)
    return Promise.resolve(null)
  }
  return (
    <li>
      <div className={styles.item}>
        <IconButton label={t('sendNamed', { name })} icon={<Send size={14} />} onClick={onSend} />
        <button type="button" className={styles.itemMain} onClick={onLoad} title={t('loadHint')}>
          <MessageSummary message={saved.message} name={name} />
        </button>
        <IconButton
          label={t('renameNamed', { name })}
          icon={<Pencil size={14} />}
          aria-expanded={editing}
          onClick={() => setEditing(!editing)}
        />
        <IconButton label={t('deleteNamed', { name })} icon={<Trash2 size={14} />} onClick={handleDelete} />
      </div>
      {editing ? <PlaceForm initial={saved} folders={folders} action={t('rename')} onSubmit={handleRename} /> : null}
    </li>
  )
}
