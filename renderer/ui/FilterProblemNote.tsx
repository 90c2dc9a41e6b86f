import { useTranslations } from 'use-intl'
import type { MarkedProblem } from './markedProblem'
import styles from './pieces.module.css'
import { VisibleText } from './VisibleText'
import { shortVisible } from './visibleText'

/** Characters. */
const shownBehind = 40
const shownLevel = 40

/** A space is a character like any other in a filter, and easy to overlook. */
const spacesShown = (text: string) => text.replaceAll(' ', '␣')

function Excerpt({ before, wrong, after }: MarkedProblem) {
  return (
    <p className={styles.excerpt} aria-hidden>
      <VisibleText text={spacesShown(before)} />
      <mark className={styles.wrong}>{wrong === '' ? '␣' : <VisibleText text={spacesShown(wrong)} />}</mark>
      <VisibleText text={spacesShown(after)} limit={shownBehind} />
    </p>
  )
}

/** Why a filter cannot be subscribed to: the filter with the wrong character marked, the level, the rule, its source. */
export function FilterProblemNote({ id, marked }: { readonly id: string; readonly marked: MarkedProblem }) {
  const t = useTranslations('ui')
  const sentences = useTranslations('filterProblems')
  const { problem, levelName } = marked
  const { code, level, clause, statement } = problem
  const sentence = sentences(code)
  if (code === 'empty')
    return (
      <p id={id} role="alert" className={styles.problem}>
        {sentence}
      </p>
    )
  // There is no character to point at.
  const isWhole = code === 'tooLong'
  return (
    <div id={id} role="alert" className={styles.problem}>
      {isWhole ? null : <Excerpt {...marked} />}
      <p>
        {isWhole
          ? sentence
          : t('levelProblem', { level: level + 1, name: shortVisible(levelName, shownLevel), sentence })}{' '}
        <span className={styles.source}>{t('problemSource', { clause, statement })}</span>
      </p>
    </div>
  )
}
