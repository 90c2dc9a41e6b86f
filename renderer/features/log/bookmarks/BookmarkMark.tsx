import { Bookmark as BookmarkIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { visibleText } from '#shared/text/visibleText'
import type { Bookmark } from './bookmarks'
import styles from './bookmarks.module.css'

/** At the edge of a row: the message has a bookmark, with its note in the tooltip. */
export function BookmarkMark({ bookmark: { note } }: { readonly bookmark: Bookmark }) {
  const t = useTranslations('log.bookmarks')
  const text = note === '' ? t('marked') : t('markedWith', { note: visibleText(note) })
  return (
    <span role="presentation" className={styles.mark} title={text} data-mark="bookmark">
      <BookmarkIcon size={9} aria-hidden />
      <span className="visually-hidden">{text}</span>
    </span>
  )
}
