import { ChevronDown, ChevronRight, FileWarning, Folder, LibraryBig, Send, TriangleAlert } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { classes } from '../../../ui/classes'
import { formatCount } from '../../../ui/format'
import dropMarks from '../../../ui/dropMarks.module.css'
import { IconButton } from '../../../ui/IconButton'
import { isChoosable, shortcutText } from '../../../ui/shortcut'
import { VisibleName } from '../../../ui/VisibleText'
import styles from './collections.module.css'
import type { CollectionRow } from './collectionRows'
import { collectionTreeState } from './collectionTreeState'
import { retryWrites, sendKept } from './collectionVerbs'
import { editMessage } from './editMessage'
import type { TreeDrag } from './useTreeDrag'
import { useCollectionName } from './useTreeMenu'

interface CollectionTreeRowProps {
  readonly row: CollectionRow
  readonly isTabStop: boolean
  readonly isDragged: boolean
  readonly dropSide: 'before' | 'after' | 'inside' | null
  readonly dragHandlers: ReturnType<TreeDrag['handlers']>
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** A row of the tree: a collection, a folder, a message, or a file that cannot be read. */
export function CollectionTreeRow(props: CollectionTreeRowProps) {
  const { row, isTabStop, isDragged, dropSide, dragHandlers, onFocus, onKeyDown } = props
  const connection = useConnectionObject()
  const toggle = useApp(collectionTreeState, (state) => state.toggle)
  const isBranch = row.kind === 'collection' || row.kind === 'folder'
  return (
    <div
      role="treeitem"
      tabIndex={isTabStop ? 0 : -1}
      aria-level={row.level}
      aria-selected={isTabStop}
      aria-expanded={isBranch ? row.isOpen : undefined}
      aria-label={useRowName(row)}
      data-key={row.key}
      data-kind={row.kind}
      className={classes(styles.row, isDragged && dropMarks.dragged, dropSide && dropMarks[dropSide])}
      style={{ paddingLeft: `calc(var(--space-2) + ${row.level - 1} * var(--space-4))` }}
      onFocus={onFocus}
      onContextMenu={onFocus}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        event.currentTarget.focus()
        if (isBranch) toggle(row.key)
      }}
      onDoubleClick={() => row.kind === 'message' && editMessage(connection, row.collection.facts.id, row.message)}
      {...dragHandlers}
    >
      <RowContent row={row} />
    </div>
  )
}

function RowContent({ row }: { readonly row: CollectionRow }) {
  const name = useRowName(row)
  switch (row.kind) {
    case 'message':
      return <MessageContent row={row} />
    case 'damaged':
      return (
        <span className={styles.damaged} title={name}>
          <FileWarning size={14} aria-hidden className={styles.icon} />
          <span className={styles.name}>{name}</span>
        </span>
      )
    case 'collection':
    case 'folder':
      return (
        <Branch
          isOpen={row.isOpen}
          count={row.count}
          title={row.kind === 'collection' ? row.collection.facts.path : ''}
        >
          {row.kind === 'folder' ? (
            <Folder size={14} aria-hidden className={styles.icon} />
          ) : (
            <LibraryBig size={14} aria-hidden className={styles.icon} />
          )}
          <span className={row.kind === 'collection' ? styles.collectionName : styles.name}>{name}</span>
          {row.kind === 'collection' ? <CollectionProblem row={row} /> : null}
        </Branch>
      )
  }
}

interface BranchProps {
  readonly isOpen: boolean
  readonly count: number
  readonly title: string
  readonly children: ReactNode
}

function Branch({ isOpen, count, title, children }: BranchProps) {
  const Twisty = isOpen ? ChevronDown : ChevronRight
  return (
    <span className={styles.content} title={title || undefined}>
      <Twisty size={14} aria-hidden className={styles.twisty} />
      {children}
      {count === 0 ? null : <span className={styles.count}>{formatCount(count)}</span>}
    </span>
  )
}

function CollectionProblem({ row }: { readonly row: Extract<CollectionRow, { kind: 'collection' }> }) {
  const errorText = useErrorText()
  const { problem } = row.collection.facts
  return problem ? <span className={styles.problem}>{errorText(problem)}</span> : null
}

function MessageContent({ row }: { readonly row: Extract<CollectionRow, { kind: 'message' }> }) {
  const t = useTranslations('collections')
  const words = useTranslations('publish')
  const connection = useConnectionObject()
  const { name, message, shortcut } = row.message
  return (
    <span className={styles.content}>
      <span className={styles.name}>
        <VisibleName text={name} />
      </span>
      <span className={styles.topic}>
        <VisibleName text={message.topic} />
      </span>
      <UnsavedMark row={row} />
      {message.qos === 0 && !message.retain ? null : (
        <span className={styles.options}>
          {[message.qos > 0 && words('qosShort', { qos: message.qos }), message.retain && words('retained')]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
      {isChoosable(shortcut) ? <kbd className={styles.keys}>{shortcutText(shortcut)}</kbd> : null}
      <IconButton
        label={t('send', { name: visibleName(name) })}
        icon={<Send size={12} />}
        tabIndex={-1}
        className={styles.send}
        onClick={(event) => {
          event.stopPropagation()
          sendKept(connection, row)
        }}
      />
    </span>
  )
}

/** A message that the disk refused: why, and another try. */
function UnsavedMark({ row }: { readonly row: Extract<CollectionRow, { kind: 'message' }> }) {
  const t = useTranslations('collections')
  const app = useAppObject()
  const errorText = useErrorText()
  const { unsaved } = row.message
  if (!unsaved) return null
  const text = t('unsaved', { reason: errorText(unsaved) })
  return (
    <span className={styles.unsaved} title={text}>
      <TriangleAlert size={12} aria-label={text} />
      <button
        type="button"
        className={styles.retry}
        onClick={(event) => {
          event.stopPropagation()
          retryWrites(app, row.collection.facts.id)
        }}
      >
        {t('retry')}
      </button>
    </span>
  )
}

/** What a row is called. */
const useRowName = (row: CollectionRow): string => {
  const t = useTranslations('collections')
  const collectionName = useCollectionName()
  switch (row.kind) {
    case 'message':
      return visibleName(row.message.name)
    case 'folder':
      return visibleName(row.name)
    case 'damaged': {
      const reason = t(`damage.${row.file.reason}`, { detail: visibleName(row.file.detail) })
      return t('damaged', { name: visibleName(row.file.fileName), reason })
    }
    case 'collection':
      return collectionName(row.collection)
  }
}
