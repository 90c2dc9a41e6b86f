import { Filter, FilterX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { printTerm } from '../../../model/query/printQuery'
import type { QueryTerm } from '../../../model/query/queryTerm'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'
import { ContextMenu } from '../../../ui/menus'
import { messageTerms, negated } from './messageTerms'
import styles from './terms.module.css'

interface MessageTermsMenuProps {
  readonly message: MessageView
  readonly children: ReactNode
}

/** What a message is, in the words of the query: each can be asked for, or excluded. */
export function MessageTermsMenu({ message, children }: MessageTermsMenuProps) {
  const t = useTranslations('inspector.value')
  const addTerm = useConnection(logViewState, (state) => state.addTerm)
  const entries = (termOf: (term: QueryTerm) => QueryTerm) =>
    messageTerms(message).map((term) => ({ label: printTerm(term), onSelect: () => addTerm(termOf(term)) }))
  const items = () => [
    { label: t('filter.label'), icon: <Filter size={14} />, items: entries((term) => term) },
    { label: t('exclude.label'), icon: <FilterX size={14} />, items: entries(negated) },
  ]
  return (
    <ContextMenu items={items} className={styles.line}>
      {children}
    </ContextMenu>
  )
}
