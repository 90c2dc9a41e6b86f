import { useTranslations } from 'use-intl'
import type { FilterPart } from '#shared/mqtt/filterExplanation'
import { VisibleName } from '../../ui/VisibleText'
import styles from './probe.module.css'
import { shownSpan } from './shownSpan'
import { useInBox } from './useInBox'

/** A hostile filter has up to 65,536 levels. */
const shownParts = 32

interface FilterChipsProps {
  readonly parts: readonly FilterPart[]
  /** What is not valid is still being typed. */
  readonly isUnfinished: boolean
}

/** The filter cut into its levels, each told apart by what it does. */
export function FilterChips({ parts, isUnfinished }: FilterChipsProps) {
  const t = useTranslations('probe')
  const invalid = parts.findIndex(({ kind }) => kind === 'invalid')
  const { from, to } = shownSpan(parts.length, shownParts, invalid < 0 ? null : invalid)
  const list = useInBox<HTMLOListElement>('[data-kind="invalid"]', parts)
  return (
    <ol ref={list} className={styles.parts} aria-label={t('levels')}>
      <More count={from} />
      {parts.slice(from, to).map((part) => (
        <PartChip key={part.start} part={part} isUnfinished={isUnfinished} />
      ))}
      <More count={parts.length - to} />
    </ol>
  )
}

interface PartChipProps {
  readonly part: FilterPart
  readonly isUnfinished: boolean
}

function PartChip({ part, isUnfinished }: PartChipProps) {
  const t = useTranslations('probe')
  const { text } = part
  const kind = part.kind === 'invalid' && isUnfinished ? 'unfinished' : part.kind
  return (
    <li className={styles.part} data-kind={kind} title={t(`kinds.${kind}`)}>
      <span className={styles.chip}>
        {text === '' ? t('emptyLevel') : <VisibleName text={text} limit={60} mostPieces={3} />}
      </span>
      <span className="visually-hidden">: {t(`kinds.${kind}`)}</span>
    </li>
  )
}

/** In the place of parts that are not shown. */
function More({ count }: { readonly count: number }) {
  const t = useTranslations('probe')
  return count > 0 ? <li className={styles.more}>{t('moreLevels', { count })}</li> : null
}
