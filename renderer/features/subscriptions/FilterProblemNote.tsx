import { useTranslations } from 'use-intl'
import { VisibleText } from '../../ui/VisibleText'
import { visibleText } from '../../ui/visibleText'
import type { MarkedProblem } from './filterProblem'
import styles from './subscriptions.module.css'

/** Codes that blame the filter as a whole: there is no character to point at. */
const wholeFilter: readonly string[] = ['empty', 'tooLong']

/** A space is a character like any other in a filter, and easy to overlook. */
const spacesShown = (text: string) => text.replaceAll(' ', '␣')

/** Why a filter cannot be subscribed to: the filter with the wrong character marked, the level, the rule. */
export function FilterProblemNote({ id, marked }: { readonly id: string; readonly marked: MarkedProblem }) {
  const t = useTranslations('subscriptions')
  const sentences = useTranslations('filterProblems')
  const { problem, levelName, before, wrong, after } = marked
  const sentence = sentences(problem.code)
  if (wholeFilter.includes(problem.code))
    return (
      <p id={id} role="alert" className={styles.problem}>
        {sentence}
      </p>
    )
  return (
    <div id={id} role="alert" className={styles.problem}>
      <p className={styles.excerpt} aria-hidden>
        <VisibleText text={spacesShown(before)} />
        <mark className={styles.wrong}>{wrong === '' ? '␣' : <VisibleText text={spacesShown(wrong)} />}</mark>
        <VisibleText text={spacesShown(after)} />
      </p>
      <p>{t('levelProblem', { level: problem.level + 1, name: visibleText(levelName), sentence })}</p>
    </div>
  )
}
