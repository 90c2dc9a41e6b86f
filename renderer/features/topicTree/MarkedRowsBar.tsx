import { X } from 'lucide-react'
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import { standingOf } from '../../model/subscriptionLabels'
import type { TopicIndex } from '../../model/topicIndex/topicIndex'
import { useApp } from '../../store/useApp'
import { useSubscriptionList } from '../../store/useSubscriptions'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { keyOf } from '../../ui/keyOf'
import { ViewSwitch } from '../../ui/ViewSwitch'
import {
  createFilterProposer,
  shownFilters,
  type FilterList,
  type FilterProposal,
  type FoundFilters,
} from './filterProposal'
import styles from './markedRows.module.css'
import { ProposedFilterItem } from './ProposedFilterItem'
import type { RowMarks } from './rowMarks'

interface MarkedRowsBarProps {
  readonly connectionId: string
  readonly tree: TopicIndex
  readonly marks: RowMarks
  /** Changes once a second: topics that arrive make the proposal anew no more often. */
  readonly now: number
  readonly onClose: () => void
}

type Choice = 'fewest' | 'byRow'

interface Answer {
  readonly marks: RowMarks
  readonly proposal: Exclude<FilterProposal, { readonly phase: 'finding' }>
}

/** The last answer, perhaps for marks from before. It is worked out a slice before each frame, and not while drawing. */
const useAnswer = ({ tree, marks, now }: Pick<MarkedRowsBarProps, 'tree' | 'marks' | 'now'>): Answer | null => {
  const proposalOf = useMemo(() => createFilterProposer(tree), [tree])
  const [answer, setAnswer] = useState<Answer | null>(null)
  // Before the page is painted, so that what takes one slice does not come a frame late.
  useLayoutEffect(() => {
    let frame = 0
    const workOn = () => {
      const proposal = proposalOf(marks, now)
      if (proposal.phase !== 'finding')
        setAnswer((before) => (before?.proposal === proposal ? before : { marks, proposal }))
      if (proposal.pending) frame = requestAnimationFrame(workOn)
    }
    workOn()
    return () => cancelAnimationFrame(frame)
  }, [proposalOf, marks, now])
  return answer
}

/** An error is of the marks whose filters were tried. */
const useSubscribing = (connectionId: string, marks: RowMarks) => {
  const subscribeTo = useApp((state) => state.subscribeTo)
  const subscriptions = useSubscriptionList(connectionId)
  const busy = useRef(false)
  const [failure, setFailure] = useState<{ readonly marks: RowMarks; readonly error: AppError } | null>(null)
  const subscribe = async (filters: readonly string[]) => {
    if (busy.current) return
    busy.current = true
    setFailure(null)
    const error = await subscribeTo(connectionId, ...filters)
    if (error) setFailure({ marks, error })
    busy.current = false
  }
  const error = failure?.marks === marks ? failure.error : null
  return { subscribe, error, standingIn: (filter: string) => standingOf(subscriptions, filter) }
}

interface SummaryProps {
  readonly rows: number
  /** Null while they are worked out, and where there are none. */
  readonly filters: FoundFilters | null
  readonly isTooMany: boolean
}

/** Announced is what changes with the marks; topics that arrive would have a screen reader read on and on. */
function Summary({ rows, filters, isTooMany }: SummaryProps) {
  const t = useTranslations('topicTree')
  const more = filters ? t('topicCount', { topics: filters.topics }) : isTooMany ? null : t('marked.finding')
  return (
    <div className={styles.summary}>
      <div role="status" className={styles.announced}>
        <strong>{t('marked.rows', { rows })}</strong>
        {filters && filters.leftOut > 0 ? (
          <span className={styles.leftOut}>{t('marked.leftOut', { rows: filters.leftOut })}</span>
        ) : null}
      </div>
      <span className={styles.topics}>{more}</span>
    </div>
  )
}

interface ChoiceBarProps {
  readonly filters: FoundFilters
  readonly list: FilterList
  readonly onChoose: (choice: Choice) => void
  readonly onSubscribe: () => void
}

/** Which of the lists, and all of its filters at once. */
function ChoiceBar({ filters: { fewest, byRow }, list, onChoose, onSubscribe }: ChoiceBarProps) {
  const t = useTranslations('topicTree')
  if (!byRow && list.count < 2) return null
  return (
    <div className={styles.choice}>
      {byRow ? (
        <ViewSwitch<Choice>
          label={t('marked.choice')}
          value={list === byRow ? 'byRow' : 'fewest'}
          options={[
            { value: 'fewest', label: t('marked.fewest', { filters: fewest.count }), title: t('marked.fewestTitle') },
            { value: 'byRow', label: t('marked.byRow', { filters: byRow.count }), title: t('marked.byRowTitle') },
          ]}
          onChange={onChoose}
        />
      ) : null}
      {list.count < 2 ? null : (
        <Button className={styles.all} disabled={list.count > shownFilters} onClick={onSubscribe}>
          {t('marked.subscribeAll')}
        </Button>
      )}
    </div>
  )
}

interface FoundProps {
  readonly connectionId: string
  readonly marks: RowMarks
  readonly filters: FoundFilters
  /** They are for marks from before: to be seen, so that nothing jumps, and not to be used. */
  readonly isOutdated: boolean
}

function Found({ connectionId, marks, filters, isOutdated }: FoundProps) {
  const t = useTranslations('topicTree')
  const errorText = useErrorText()
  const [choice, setChoice] = useState<Choice>('fewest')
  const { subscribe, error, standingIn } = useSubscribing(connectionId, marks)
  const { fewest, byRow } = filters
  const list = choice === 'byRow' && byRow ? byRow : fewest
  return (
    <>
      <div className={styles.found} inert={isOutdated}>
        <ChoiceBar
          {...{ filters, list }}
          onChoose={setChoice}
          onSubscribe={() => void subscribe(list.shown.map(({ filter }) => filter))}
        />
        <ul className={styles.list}>
          {list.shown.map((proposed) => (
            <ProposedFilterItem
              key={proposed.filter}
              connectionId={connectionId}
              proposed={proposed}
              standing={standingIn(proposed.filter)}
              onSubscribe={() => void subscribe([proposed.filter])}
            />
          ))}
          {list.count > list.shown.length ? (
            <li className={styles.note}>{t('marked.tooMany', { shown: list.shown.length, filters: list.count })}</li>
          ) : null}
        </ul>
      </div>
      {error ? (
        <p role="alert" className={styles.error}>
          {errorText(error)}
        </p>
      ) : null}
    </>
  )
}

/** What to subscribe to for the marked rows, and what else that would bring. */
export function MarkedRowsBar({ connectionId, tree, marks, now, onClose }: MarkedRowsBarProps) {
  const t = useTranslations('topicTree')
  const answer = useAnswer({ tree, marks, now })
  const filters = answer?.proposal.phase === 'found' ? answer.proposal : null
  const isOutdated = answer?.marks !== marks
  const isTooMany = !isOutdated && !filters
  const handleKey = (event: KeyboardEvent) => {
    if (keyOf(event) === 'Escape') onClose()
  }
  return (
    <section aria-label={t('marked.region')} className={styles.bar} onKeyDown={handleKey}>
      <div className={styles.head}>
        <Summary rows={marks.size} filters={isOutdated ? null : filters} isTooMany={isTooMany} />
        <IconButton label={t('marked.close')} shortcut="Esc" icon={<X size={14} />} onClick={onClose} />
      </div>
      {isTooMany ? <p className={styles.note}>{t('marked.tooManyRows')}</p> : null}
      {filters ? <Found {...{ connectionId, marks, filters, isOutdated }} /> : null}
    </section>
  )
}
