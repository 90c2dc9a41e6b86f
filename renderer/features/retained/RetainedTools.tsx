import { ListChecks } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button'
import { formatBytes, formatCount } from '../../ui/format'
import { MenuButton, type MenuEntry } from '../../ui/menus'
import { SearchField } from '../../ui/SearchField'
import styles from './retained.module.css'
import type { ShownRows } from './retainedSelection'
import type { Standing } from './standing'

interface RetainedToolsProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly total: number
  readonly rows: ShownRows
  readonly standing: Standing
  readonly hasChosen: boolean
  /** The list does not grow just now, so what is said of it is worth hearing. */
  readonly isCalm: boolean
  readonly menu: () => readonly MenuEntry[]
  readonly onAllOrNone: () => void
}

/** Narrows what was listed, says what is chosen, and chooses many at once. */
export function RetainedTools(props: RetainedToolsProps) {
  const { text, onText, total, rows, standing, hasChosen, isCalm, menu, onAllOrNone } = props
  const t = useTranslations('retained')
  const { places, bytes, hidden } = standing
  const values = { count: formatCount(places.length), size: formatBytes(bytes), hidden: formatCount(hidden) }
  return (
    <div className={styles.tools}>
      <SearchField label={t('narrow')} placeholder={t('narrowHint')} value={text} onChange={onText} />
      <p role="status" aria-live={isCalm ? 'polite' : 'off'} aria-label={t('chosenLabel')} className={styles.chosen}>
        {text === '' ? null : <span>{t('shown', { count: formatCount(rows.count), total: formatCount(total) })}</span>}
        {places.length === 0 ? null : <span>{t(hidden > 0 ? 'chosenHidden' : 'chosen', values)}</span>}
      </p>
      <Button variant="quiet" disabled={rows.count === 0 && !hasChosen} onClick={onAllOrNone}>
        {hasChosen ? t('selectNone') : t('selectAll')}
      </Button>
      <MenuButton label={t('selectMenu')} icon={<ListChecks size={14} />} items={menu} disabled={total === 0} />
    </div>
  )
}
