import { Asterisk, Check, Minus, X, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { FilterComparison, LevelRow } from '#shared/mqtt/filterComparison'
import { VisibleName } from '../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import { failureWordOf, verdictWordOf, type VerdictWord } from '../../mqttUi/levelVerdict'
import styles from './probe.module.css'
import { shownSpan } from './shownSpan'
import { useInBox } from './useInBox'

/** A hostile topic has up to 65,536 levels. */
const shownRows = 16

const icons: Partial<Readonly<Record<VerdictWord, LucideIcon>>> = { same: Check, any: Check, anyEmpty: Check }

/** The filter beside a topic, level by level: what each does to the other, and where they first part. */
export function LevelTable({ id, comparison }: { readonly id: string; readonly comparison: FilterComparison }) {
  const t = useTranslations('probe')
  const { rows, firstFailure } = comparison
  const { from, to } = shownSpan(rows.length, shownRows, firstFailure)
  // The first level that fails is what the table is looked at for.
  const box = useInBox<HTMLDivElement>('tr[data-place="first"]', comparison)
  return (
    <div ref={box} id={id} className={styles.tableBox} role="group" aria-label={t('table')} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t('table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columns.level')}</th>
            <th scope="col">{t('columns.filter')}</th>
            <th scope="col">{t('columns.topic')}</th>
            <th scope="col">{t('columns.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          <LeftOut count={from} />
          {rows.slice(from, to).map((row, index) => (
            <Row key={from + index} row={row} number={from + index + 1} place={placeOf(from + index, firstFailure)} />
          ))}
          <LeftOut count={rows.length - to} />
        </tbody>
      </table>
    </div>
  )
}

function Level({ text }: { readonly text: string | null }) {
  const t = useTranslations('probe')
  if (text === null) return <td className={styles.noLevel}>–</td>
  if (text === '') return <td className={styles.emptyLevel}>{t('emptyLevel')}</td>
  return (
    <td className={styles.level} title={visibleName(text)}>
      <VisibleName text={text} limit={60} mostPieces={3} />
    </td>
  )
}

interface RowProps {
  readonly row: LevelRow
  readonly number: number
  /** Where the first level that fails stands to this one. */
  readonly place: 'before' | 'first' | 'behind'
}

function Row({ row, number, place }: RowProps) {
  const t = useTranslations('probe')
  const word = verdictWordOf(row)
  const fails = failureWordOf(row) !== null
  const Icon = fails ? X : (icons[word] ?? (word === 'rest' ? Asterisk : Minus))
  return (
    <tr data-verdict={word} data-place={place} data-fails={fails}>
      <th scope="row">{number}</th>
      <Level text={row.filterLevel} />
      <Level text={row.topicLevel} />
      <td className={styles.verdict}>
        <Icon size={12} aria-hidden />
        <span>{t(`verdicts.${word}`)}</span>
      </td>
    </tr>
  )
}

const placeOf = (index: number, firstFailure: number | null): RowProps['place'] => {
  if (firstFailure === null || index < firstFailure) return 'before'
  return index === firstFailure ? 'first' : 'behind'
}

/** In the place of rows that are not shown. */
function LeftOut({ count }: { readonly count: number }) {
  const t = useTranslations('probe')
  if (count <= 0) return null
  return (
    <tr className={styles.leftOut}>
      <td colSpan={4}>{t('furtherRows', { count })}</td>
    </tr>
  )
}
