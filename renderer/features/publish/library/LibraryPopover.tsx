import { LibraryBig, Pencil, Send, Trash2 } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { sharedCollectionId, type CollectionMessage } from '#shared/model/collection'
import { largestSavedPayload } from '#shared/model/publish'
import { useErrorText } from '../../../i18n/useErrorText'
import { noticesState } from '../../../state/notices'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/fields'
import { formatBytes } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import styles from '../publish.module.css'
import { publishState } from '../publishState'
import { collectionsState, messagesIn, selectCollection, type Collection } from '../collections/collectionsState'
import { loadMessage } from '../collections/editMessage'
import { folderNamed, folderText } from '../collections/folderNamed'
import { MessageSummary } from './MessageSummary'
import { useSendSaved } from './useSendSaved'

/** A name, and a folder as it is written. */
interface SavedPlace {
  readonly name: string
  readonly folder: string
}

/** The shared collection, for all connections; the view "Collections" has more of it. */
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
  const app = useAppObject()
  const collection = useApp(collectionsState, selectCollection(sharedCollectionId))
  const errorText = useErrorText()
  const saveDraftAs = useConnection(publishState, (state) => state.saveDraftAs)
  const sendSaved = useSendSaved()
  const folders = useMemo(() => foldersOf(collection), [collection])
  const folderNames = folders.map(({ name }) => name).filter((name) => name !== '')
  const saveAs = async (place: SavedPlace) => {
    const folder = await folderNamed(app, sharedCollectionId, place.folder)
    if (!folder.ok) return errorText(folder.error)
    const error = await saveDraftAs({ collectionId: sharedCollectionId, name: place.name, folder: folder.value })
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
      {folders.length === 0 ? <p className={styles.faint}>{t('libraryEmpty')}</p> : null}
      {folders.map(({ path, name, messages }) => (
        <section key={path} aria-label={name === '' ? t('noFolder') : name}>
          {name === '' ? null : <h3 className={styles.folder}>{name}</h3>}
          <ul className={styles.list}>
            {messages.map((saved) => (
              <SavedRow
                key={saved.id}
                saved={saved}
                folder={name}
                folders={folderNames}
                onSend={() => sendSaved(saved.message)}
                onLoad={() => {
                  loadMessage(connection, sharedCollectionId, saved)
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

/** The folders that have messages, those outside every folder first. */
const foldersOf = (collection: Collection | undefined) => {
  if (!collection) return []
  const paths = new Set([...collection.messages.values()].map(({ folder }) => folder))
  return [...paths]
    .map((path) => ({ path, name: folderText(collection, path), messages: messagesIn(collection, path) }))
    .toSorted((one, other) => one.name.localeCompare(other.name))
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
  readonly saved: CollectionMessage
  /** As it is written. */
  readonly folder: string
  readonly folders: readonly string[]
  readonly onLoad: () => void
  readonly onSend: () => void
}

function SavedRow({ saved, folder, folders, onLoad, onSend }: RowProps) {
  const t = useTranslations('publish')
  const [editing, setEditing] = useState(false)
  const app = useAppObject()
  const errorText = useErrorText()
  const save = useApp(collectionsState, (state) => state.save)
  const remove = useApp(collectionsState, (state) => state.remove)
  const showNotice = useApp(noticesState, (state) => state.show)
  const { name } = saved
  const handleDelete = () => {
    const restore = remove(sharedCollectionId, [saved])
    showNotice({ text: t('deleted', { name }), action: { label: t('undo'), run: restore } })
  }
  const handleRename = async (place: SavedPlace) => {
    const path = place.folder === folder ? null : await folderNamed(app, sharedCollectionId, place.folder)
    if (path && !path.ok) return errorText(path.error)
    save(sharedCollectionId, [{ ...saved, name: place.name, folder: path ? path.value : saved.folder }])
    setEditing(false)
    return null
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
      {editing ? (
        <PlaceForm initial={{ name, folder }} folders={folders} action={t('rename')} onSubmit={handleRename} />
      ) : null}
    </li>
  )
}
