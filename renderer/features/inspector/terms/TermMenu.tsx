import { Filter, FilterX } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { QueryTerm } from '../../../model/query/queryTerm'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'
import { ContextMenu, MenuButton } from '../../../ui/menus'
import { negated } from './messageTerms'
import styles from './terms.module.css'

interface TermMenuProps {
  /** Of what is shown, for the button that opens the menu. */
  readonly name: string
  /** That a message has what is shown. */
  readonly term: QueryTerm
  readonly children: ReactNode
}

/** A fact of a message that the log can be filtered by: by right click, and by a button for who has no mouse. */
export function TermMenu({ name, term, children }: TermMenuProps) {
  const t = useTranslations('inspector.value')
  const addTerm = useConnection(logViewState, (state) => state.addTerm)
  const items = () => [
    { label: t('filter.label'), icon: <Filter size={14} />, onSelect: () => addTerm(term) },
    { label: t('exclude.label'), icon: <FilterX size={14} />, onSelect: () => addTerm(negated(term)) },
  ]
  return (
    <ContextMenu items={items} className={styles.fact}>
      <span className={styles.shown} onContextMenu={leaveMarkedText}>
        {children}
      </span>
      <span className={styles.verbs}>
        <MenuButton label={t('filterBy', { name })} icon={<Filter size={12} />} items={items} />
      </span>
    </ContextMenu>
  )
}

/** Marked text has the menu of all marked text, which copies it. */
const leaveMarkedText = (event: MouseEvent<HTMLElement>) => {
  if (!(event.currentTarget.ownerDocument.getSelection()?.isCollapsed ?? true)) event.stopPropagation()
}
