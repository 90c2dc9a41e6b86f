import { Bookmark as BookmarkIcon, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { longestNote, type KeptBookmark } from '#shared/model/settings'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionModel } from '../../../state/useConnection'
import { TextField } from '../../../ui/fields'
import { formatClock, formatIso } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import styles from './bookmarks.module.css'
import { bookmarksState, type Bookmark } from './bookmarks'

export interface BookmarksPopoverProps {
  /** Shows a message of the log. */
  readonly onShow: (sequence: number) => void
}

/** The bookmarks of the connection with their notes: to go to a message, to write about it, and to take one off. */
export function BookmarksPopover({ onShow }: BookmarksPopoverProps) {
  const t = useTranslations('log.bookmarks')
  const all = useConnection(bookmarksState, (state) => state.all)
  const earlier = useConnection(bookmarksState, (state) => state.earlier)
  const isListed = useConnection(bookmarksState, (state) => state.isListed)
  const list = useConnection(bookmarksState, (state) => state.list)
  const show = (sequence: number) => {
    list(false)
    onShow(sequence)
  }
  return (
    <Popover
      title={t('title')}
      open={isListed}
      onOpenChange={list}
      trigger={
        <IconButton
          label={all.size === 0 ? t('title') : t('titleWith', { count: all.size })}
          icon={
            <>
              <BookmarkIcon size={14} aria-hidden />
              {all.size > 0 ? <span className={styles.count}>{all.size}</span> : null}
            </>
          }
          className={styles.trigger}
        />
      }
    >
      {all.size === 0 && earlier.length === 0 ? <p className={styles.faint}>{t('empty')}</p> : null}
      {all.size === 0 ? null : (
        <ul className={styles.list}>
          {[...all.values()].map((bookmark) => (
            <BookmarkItem key={bookmark.sequence} bookmark={bookmark} onShow={show} />
          ))}
        </ul>
      )}
      {earlier.length === 0 ? null : (
        <section aria-label={t('earlier')} className={styles.earlier}>
          <h3 className={styles.faint}>{t('earlier')}</h3>
          <ul className={styles.list}>
            {earlier.map((bookmark, place) => (
              <EarlierItem key={place} bookmark={bookmark} place={place} />
            ))}
          </ul>
        </section>
      )}
    </Popover>
  )
}

interface BookmarkItemProps extends BookmarksPopoverProps {
  readonly bookmark: Bookmark
}

function BookmarkItem({ bookmark: { sequence, topic, time, note }, onShow }: BookmarkItemProps) {
  const t = useTranslations('log.bookmarks')
  const { log } = useConnectionModel()
  const setNote = useConnection(bookmarksState, (state) => state.setNote)
  const remove = useConnection(bookmarksState, (state) => state.remove)
  const selected = useConnection(selectionState, (state) => state.selection)
  const isGone = log.rowOfSequence(sequence) === null
  const isCurrent = selected?.kind === 'message' && selected.sequence === sequence
  return (
    <li className={styles.item} data-bookmark={sequence} data-gone={isGone} aria-current={isCurrent}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.show}
          disabled={isGone}
          title={t('show')}
          onClick={() => onShow(sequence)}
        >
          <time dateTime={formatIso(time)} title={formatIso(time)}>
            {formatClock(time)}
          </time>
          <span className={styles.topic}>
            <VisibleName text={topic} limit={120} mostPieces={4} />
          </span>
        </button>
        <IconButton label={t('remove')} icon={<X size={14} />} onClick={() => remove(sequence)} />
      </div>
      {isGone ? <p className={styles.faint}>{t('gone')}</p> : null}
      <NoteField note={note} onChange={(text) => setNote(sequence, text)} />
    </li>
  )
}

interface EarlierItemProps {
  readonly bookmark: KeptBookmark
  readonly place: number
}

/** What is left of a message of a window before this one. */
function EarlierItem({ bookmark: { topic, time, note, payload }, place }: EarlierItemProps) {
  const t = useTranslations('log.bookmarks')
  const change = useConnection(bookmarksState, (state) => state.changeEarlier)
  return (
    <li className={styles.item} data-earlier>
      <div className={styles.head}>
        <span className={styles.was}>
          <time dateTime={formatIso(time)}>{`${formatIso(time).slice(0, 19).replace('T', ' ')}Z`}</time>
          <span className={styles.topic}>
            <VisibleName text={topic} limit={120} mostPieces={4} />
          </span>
        </span>
        <IconButton label={t('remove')} icon={<X size={14} />} onClick={() => change(place, null)} />
      </div>
      {payload === '' ? null : (
        <p className={styles.payload}>
          <VisibleText text={payload} mostPieces={4} />
        </p>
      )}
      <NoteField note={note} onChange={(text) => change(place, text)} />
    </li>
  )
}

interface NoteFieldProps {
  readonly note: string
  readonly onChange: (note: string) => void
}

function NoteField({ note, onChange }: NoteFieldProps) {
  const t = useTranslations('log.bookmarks')
  return (
    <TextField
      label={t('note')}
      hideLabel
      placeholder={t('noteExample')}
      maxLength={longestNote}
      value={note}
      onChange={onChange}
    />
  )
}
