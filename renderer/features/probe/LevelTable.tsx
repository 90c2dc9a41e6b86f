import { Asterisk, Check, Minus, X, type LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { FilterComparison, LevelRow } from '#shared/mqtt/filterComparison'
import { VisibleText } from '../../ui/VisibleText'
import { visibleText } from '../../ui/visibleText'
import { failureWordOf, verdictWordOf, type VerdictWord } from './levelVerdict'
import styles from './probe.module.css'

/** A hostile topic has up to 65,536 levels. */
const shownRows = 128

const icons: Partial<Readonly<Record<VerdictWord, LucideIcon>>> = { same: Check, any: Check, anyEmpty: Check }

function Level({ text }: { readonly text: string | null }) {
  const t = useTranslations('probe')
  if (text === null) return <td className={styles.noLevel}>–</td>
  if (text === '') return <td className={styles.emptyLevel}>{t('emptyLevel')}</td>
  return (
    <td className={styles.level} title={visibleText(text)}>
      <VisibleText text={text} />
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

/** The first level that fails is what the table is looked at for. */
const useFailureInView = (comparison: FilterComparison) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector('tr[data-place="first"]')?.scrollIntoView({ block: 'nearest' })
  }, [comparison])
  return box
}

/** The filter beside a topic, level by level: what each does to the other, and where they first part. */
export function LevelTable({ id, comparison }: { readonly id: string; readonly comparison: FilterComparison }) {
  const t = useTranslations('probe')
  const { rows, firstFailure } = comparison
  const hidden = rows.length - shownRows
  const box = useFailureInView(comparison)
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
          {rows.slice(0, shownRows).map((row, index) => (
            <Row key={index} row={row} number={index + 1} place={placeOf(index, firstFailure)} />
          ))}
        </tbody>
      </table>
      {hidden > 0 ? <p className={styles.more}>{t('furtherRows', { count: hidden })}</p> : null}
    </div>
  )
}
