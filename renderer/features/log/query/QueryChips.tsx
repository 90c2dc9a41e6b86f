import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { withoutPart } from '../../../model/query/editQuery'
import { isTerm, type PlacedTerm, type QueryPart } from '../../../model/query/parseQuery'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'
import { VisibleName } from '../../../ui/VisibleText'
import styles from './query.module.css'
import { useExplanation } from './useExplanation'

interface QueryChipsProps {
  readonly parts: readonly QueryPart[]
}

/** Each condition of the query, to be taken out of it. */
export function QueryChips({ parts }: QueryChipsProps) {
  const t = useTranslations('query')
  const terms = parts.filter(isTerm)
  if (terms.length === 0) return null
  return (
    <div role="group" aria-label={t('terms')} className={styles.chips}>
      {terms.map((part) => (
        <TermChip key={part.start} part={part} />
      ))}
    </div>
  )
}

/** Characters of a term that a chip and the name of its button hold. */
const shown = 120

function TermChip({ part }: { readonly part: PlacedTerm }) {
  const t = useTranslations('query')
  const query = useConnection(logViewState, (state) => state.query)
  const changeQuery = useConnection(logViewState, (state) => state.changeQuery)
  const explanation = useExplanation(part.term)
  const { not } = part.term
  const written = query.slice(part.start + (not ? 1 : 0), part.end)
  return (
    <span className={styles.chip} data-not={not} title={explanation}>
      {not ? <b className={styles.not}>{t('not')}</b> : null}
      <span className={styles.term}>
        <VisibleName text={written} limit={shown} mostPieces={4} />
      </span>
      <button
        type="button"
        className={styles.remove}
        aria-label={t('removeTerm', { term: visibleName(query.slice(part.start, part.end), shown) })}
        onClick={() => changeQuery(withoutPart(query, part))}
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  )
}
