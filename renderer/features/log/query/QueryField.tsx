import { useId, useRef, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { PlacedProblem } from '../../../model/query/parseQuery'
import type { TakenAsText } from '../../../model/query/takenAsText'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'
import { useFocusRequest } from '../../../state/focus'
import { CompletionList } from './CompletionList'
import { ProblemNote, TakenNote } from './ProblemNote'
import styles from './query.module.css'
import { useCompletion } from './useCompletion'

interface QueryFieldProps {
  readonly problems: readonly PlacedProblem[]
  /** A word that found nothing as a text; null = there is nothing to say of it. */
  readonly taken: TakenAsText | null
}

/** The field in which the messages of the log are asked for, with what is wrong marked under its characters. */
export function QueryField({ problems, taken }: QueryFieldProps) {
  const t = useTranslations('query')
  const id = useId()
  const input = useFocusedInput()
  const marks = useRef<HTMLDivElement>(null)
  const query = useConnection(logViewState, (state) => state.query)
  const changeQuery = useConnection(logViewState, (state) => state.changeQuery)
  const completion = useCompletion({ input, query, changeQuery })
  const [problem] = problems
  const isWrong = problem !== undefined && !isStillTyped(problem, query)
  const followScroll = () => {
    if (marks.current && input.current) marks.current.scrollLeft = input.current.scrollLeft
  }
  return (
    <div className={styles.query}>
      <div className={styles.field} data-wrong={isWrong}>
        <Marks ref={marks} query={query} problems={problems} />
        <input
          ref={input}
          type="text"
          className={styles.input}
          aria-label={t('field')}
          placeholder={t('example')}
          spellCheck={false}
          autoComplete="off"
          aria-autocomplete="list"
          aria-controls={completion.isOpen ? `${id}-list` : undefined}
          aria-activedescendant={completion.active < 0 ? undefined : `${id}-list-${completion.active}`}
          aria-invalid={isWrong || undefined}
          aria-describedby={problem || taken ? `${id}-note` : undefined}
          value={query}
          onScroll={followScroll}
          onSelect={followScroll}
          {...completion.handlers}
        />
        {completion.isOpen ? <CompletionList id={`${id}-list`} completion={completion} /> : null}
      </div>
      {problem ? <ProblemNote id={`${id}-note`} problem={problem.problem} isHint={!isWrong} /> : null}
      {!problem && taken ? <TakenNote id={`${id}-note`} taken={taken} /> : null}
    </div>
  )
}

/** Nothing to complain about while the end of the text is being typed. */
const isStillTyped = ({ end, problem }: PlacedProblem, query: string): boolean =>
  problem.unfinished && end >= query.trimEnd().length

/** Focused and selected when something in the window asks for it. */
const useFocusedInput = (): RefObject<HTMLInputElement | null> => {
  const input = useRef<HTMLInputElement>(null)
  const take = () => {
    input.current?.focus()
    input.current?.select()
  }
  useFocusRequest('find', take)
  useFocusRequest('messageFilter', take)
  return input
}

interface MarksProps extends Pick<QueryFieldProps, 'problems'> {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly query: string
}

/** The same text behind the field, of which nothing is seen but the lines under what is wrong. */
function Marks({ ref, query, problems }: MarksProps) {
  return (
    <div ref={ref} className={styles.marks} aria-hidden>
      {problems.map(({ problem: { start, end } }, index) => (
        <span key={start}>
          {query.slice(problems[index - 1]?.problem.end ?? 0, start)}
          <u className={styles.wrong}>{query.slice(start, end)}</u>
        </span>
      ))}
      {query.slice(problems.at(-1)?.problem.end ?? 0)}
    </div>
  )
}
