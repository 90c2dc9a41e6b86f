import { useTranslations } from 'use-intl'
import type { MarkedProblem } from './markedProblem'
import styles from './mqttUi.module.css'
import { VisibleText } from '../ui/VisibleText'
import { shortVisible } from '#shared/text/visibleText'

/** Characters. */
const shownBehind = 40
const shownLevel = 40

interface FilterProblemNoteProps {
  readonly id: string
  readonly marked: MarkedProblem
  /** A hint interrupts nobody: for what is still being typed. */
  readonly isHint?: boolean
}

/** Why a filter cannot be subscribed to: the filter with the wrong character marked, the level, the rule, its source. */
export function FilterProblemNote({ id, marked, isHint = false }: FilterProblemNoteProps) {
  const t = useTranslations('ui')
  const sentence = useSentence(marked)
  const { code, clause, statement } = marked.problem
  const look = isHint ? { className: styles.hint } : { role: 'alert', className: styles.problem }
  if (code === 'empty')
    return (
      <p id={id} {...look}>
        {sentence}
      </p>
    )
  return (
    <div id={id} {...look}>
      {code === 'tooLong' ? null : <Excerpt {...marked} />}
      <p>
        {sentence} <span className={styles.source}>{t('problemSource', { clause, statement })}</span>
      </p>
    </div>
  )
}

/** A space is a character like any other in a filter, and easy to overlook. */
const spacesShown = (text: string) => text.replaceAll(' ', '␣')

function Excerpt({ before, wrong, after }: MarkedProblem) {
  return (
    <p className={styles.excerpt} aria-hidden>
      <VisibleText text={spacesShown(before)} />
      <mark className={wrong === '' ? styles.missing : styles.wrong}>
        <VisibleText text={spacesShown(wrong)} />
      </mark>
      <VisibleText text={spacesShown(after)} limit={shownBehind} />
    </p>
  )
}

const useSentence = ({ problem: { code }, levelName, levelNumber }: MarkedProblem): string => {
  const t = useTranslations('ui')
  const sentence = useTranslations('filterProblems')(code)
  const name = shortVisible(levelName, shownLevel)
  // Of the whole filter, or of something that is not there.
  if (code === 'tooLong' || levelName === '') return sentence
  return levelNumber === null
    ? t('groupProblem', { name, sentence })
    : t('levelProblem', { level: levelNumber, name, sentence })
}
