import { X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import { standingOf } from '../../model/subscriptionLabels'
import type { TopicIndex } from '../../model/topicIndex'
import { useApp } from '../../store/useApp'
import { useSubscriptionList } from '../../store/useSubscriptions'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { keyOf } from '../../ui/keyOf'
import { ViewSwitch } from '../../ui/ViewSwitch'
import { createFilterProposer, shownFilters, type FilterList, type FilterProposal } from './filterProposal'
import styles from './markedRows.module.css'
import { ProposedFilterItem } from './ProposedFilterItem'

interface MarkedRowsBarProps {
  readonly connectionId: string
  readonly tree: TopicIndex
  readonly marks: ReadonlySet<string>
  /** Changes once a second: topics that arrive make the proposal anew no more often. */
  readonly now: number
  readonly onClose: () => void
}

type Choice = 'fewest' | 'byRow'

/** The proposal as of now; counting that was cut short goes on in the next frame. */
const useProposal = ({ tree, marks, now }: Pick<MarkedRowsBarProps, 'tree' | 'marks' | 'now'>): FilterProposal => {
  'use no memo' // The proposer is mutable: what it answers must be read anew in every render.
  const proposalOf = useMemo(() => createFilterProposer(tree), [tree])
  const [, setTurn] = useState(0)
  const proposal = proposalOf(marks, now)
  useEffect(() => {
    if (!proposal.pending) return
    const frame = requestAnimationFrame(() => setTurn((turn) => turn + 1))
    return () => cancelAnimationFrame(frame)
  })
  return proposal
}

const useSubscribing = (connectionId: string) => {
  const subscribeTo = useApp((state) => state.subscribeTo)
  const subscriptions = useSubscriptionList(connectionId)
  const busy = useRef(false)
  const [error, setError] = useState<AppError | null>(null)
  const subscribe = async (filters: readonly string[]) => {
    if (busy.current) return
    busy.current = true
    setError(await subscribeTo(connectionId, ...filters))
    busy.current = false
  }
  return { subscribe, error, standingIn: (filter: string) => standingOf(subscriptions, filter) }
}

function Summary({ proposal }: { readonly proposal: FilterProposal }) {
  const t = useTranslations('topicTree')
  const { rows, topics, leftOut } = proposal
  return (
    <p role="status" className={styles.summary}>
      <strong>{t('marked.rows', { rows })}</strong> {t('topicCount', { topics })}
      {leftOut > 0 ? <span className={styles.leftOut}>{t('marked.leftOut', { rows: leftOut })}</span> : null}
    </p>
  )
}

interface ChoiceBarProps {
  readonly proposal: FilterProposal
  readonly list: FilterList
  readonly onChoose: (choice: Choice) => void
  readonly onSubscribe: () => void
}

/** Which of the lists, and all of its filters at once. */
function ChoiceBar({ proposal: { fewest, byRow }, list, onChoose, onSubscribe }: ChoiceBarProps) {
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

/** What to subscribe to for the marked rows, and what else that would bring. */
export function MarkedRowsBar({ connectionId, tree, marks, now, onClose }: MarkedRowsBarProps) {
  const t = useTranslations('topicTree')
  const errorText = useErrorText()
  const proposal = useProposal({ tree, marks, now })
  const [choice, setChoice] = useState<Choice>('fewest')
  const { subscribe, error, standingIn } = useSubscribing(connectionId)
  const { fewest, byRow } = proposal
  const list = choice === 'byRow' && byRow ? byRow : fewest
  const handleKey = (event: KeyboardEvent) => {
    if (keyOf(event) === 'Escape') onClose()
  }
  return (
    <section aria-label={t('marked.region')} className={styles.bar} onKeyDown={handleKey}>
      <div className={styles.head}>
        <Summary proposal={proposal} />
        <IconButton label={t('marked.close')} shortcut="Esc" icon={<X size={14} />} onClick={onClose} />
      </div>
      <ChoiceBar
        {...{ proposal, list }}
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
      {error ? (
        <p role="alert" className={styles.error}>
          {errorText(error)}
        </p>
      ) : null}
    </section>
  )
}
