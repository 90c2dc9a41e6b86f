import { FilePlus2, FolderPlus, FolderOpen, Search } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { sharedCollectionId } from '#shared/model/collection'
import { useFieldFocus } from '../../../state/focus'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { TextField } from '../../../ui/fields'
import { IconButton } from '../../../ui/IconButton'
import { SendStatus } from '../sending/SendStatus'
import { CollectionQuestions } from './CollectionQuestions'
import styles from './collections.module.css'
import { collectionRows } from './collectionRows'
import { collectionsBeside, collectionsState } from './collectionsState'
import { CollectionTree } from './CollectionTree'
import { collectionTreeState } from './collectionTreeState'
import { openFolder } from './collectionVerbs'

/** Kept messages in folders: the shared collection, the connection's own, and folders that were opened. */
export function CollectionsPane() {
  const t = useTranslations('collections')
  const app = useAppObject()
  const connection = useConnectionObject()
  const all = useApp(collectionsState, (state) => state.all)
  const { closed, search, searchFor, ask } = useApp(collectionTreeState, (state) => state)
  const field = useFieldFocus('collections')
  const collections = useMemo(() => collectionsBeside(all, connection.id), [all, connection.id])
  const wanted = search.trim().toLowerCase()
  const rows = useMemo(() => collectionRows(collections, { closed, search: wanted }), [collections, closed, wanted])
  const isEmpty = collections.every(({ messages, facts }) => messages.size === 0 && facts.damaged.length === 0)
  const inShared = { collectionId: sharedCollectionId, folder: '' }
  return (
    <div className={styles.pane}>
      <div className={styles.tools}>
        <Search size={14} className={styles.searchIcon} aria-hidden />
        <TextField
          label={t('search')}
          hideLabel
          type="search"
          placeholder={t('search')}
          className={styles.search}
          value={search}
          onChange={searchFor}
          inputRef={field}
        />
        <IconButton
          label={t('keepDraft')}
          icon={<FilePlus2 size={14} />}
          onClick={() => ask({ kind: 'saveAs', ...inShared })}
        />
        <IconButton
          label={t('menu.newFolder')}
          icon={<FolderPlus size={14} />}
          onClick={() => ask({ kind: 'newFolder', ...inShared })}
        />
        <IconButton label={t('openFolder')} icon={<FolderOpen size={14} />} onClick={() => openFolder(app)} />
      </div>
      <CollectionTree rows={rows} collections={collections} />
      {rows.length === 0 ? <p className={styles.note}>{t('nothingFound', { text: search.trim() })}</p> : null}
      {isEmpty && rows.length > 0 ? <p className={styles.note}>{t('empty')}</p> : null}
      <div className={styles.foot}>
        <SendStatus />
      </div>
      <CollectionQuestions />
    </div>
  )
}
