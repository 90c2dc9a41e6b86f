import { useTranslations } from 'use-intl'
import { shortVisible } from '#shared/text/visibleText'
import type { QueryProblem } from '../../../model/query/queryProblem'
import type { TakenAsText } from '../../../model/query/takenAsText'
import styles from './query.module.css'
import type { Words } from '#shared/i18n/words'

interface ProblemNoteProps {
  readonly id: string
  readonly problem: QueryProblem
  /** A hint interrupts nobody: for what is still being typed. */
  readonly isHint: boolean
}

const shownSubject = 40
const shownMeant = 60

/** What is wrong with a part of the query, and what to write in its place. */
export function ProblemNote({ id, problem, isHint }: ProblemNoteProps) {
  const sentence = useSentence(problem)
  return (
    <p id={id} className={styles.note} data-hint={isHint} {...(isHint ? {} : { role: 'alert' })}>
      {sentence}
    </p>
  )
}

/** That a word was looked for as a text and found nothing, and what was perhaps meant. */
export function TakenNote({ id, taken: { word, meant } }: { readonly id: string; readonly taken: TakenAsText }) {
  const t = useTranslations('query')
  return (
    <p id={id} className={styles.note} data-hint>
      {t('takenAsText', { word: shortVisible(word, shownSubject), meant: shortVisible(meant, shownMeant) })}
    </p>
  )
}

const useSentence = ({ code, subject }: QueryProblem): string => {
  const t = useTranslations('query')
  const ofFilter = useTranslations('filterProblems')
  if (code === 'topicFilter') return ofFilter(subject as keyof Words['filterProblems'])
  return t(`problems.${code}`, { subject: shortVisible(subject, shownSubject) })
}
