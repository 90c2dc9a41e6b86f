import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../../i18n/useErrorText'
import { filterStandingOf } from '../../../model/subscriptionLabels'
import { subscriptionsState } from '../../../state/subscriptions'
import { useConnectionObject } from '../../../state/useConnection'
import { useSubscriptionList } from '../../../state/useSubscriptions'
import { Button } from '../../../ui/Button'
import { ViewSwitch } from '../../../ui/ViewSwitch'
import { shownFilters, type FilterList, type FoundFilters } from './filterProposal'
import styles from './markedRows.module.css'
import { ProposedFilterItem } from './ProposedFilterItem'
import type { RowMarks } from './rowMarks'

type Choice = 'fewest' | 'byRow'

interface ProposedFiltersProps {
  readonly marks: RowMarks
  readonly filters: FoundFilters
  /** They are for earlier marks. They stay on screen, so that nothing jumps, and cannot be used. */
  readonly isOutdated: boolean
}

/** The filters found for the marked rows, in one of two lists, and what came of subscribing to them. */
export function ProposedFilters({ marks, filters, isOutdated }: ProposedFiltersProps) {
  const t = useTranslations('topicTree')
  const errorText = useErrorText()
  const [choice, setChoice] = useState<Choice>('fewest')
  const { subscribe, error, standingIn } = useSubscribing(marks)
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

/** An error is of the marks whose filters were tried. */
const useSubscribing = (marks: RowMarks) => {
  const connection = useConnectionObject()
  const subscriptions = useSubscriptionList()
  const busy = useRef(false)
  const [failure, setFailure] = useState<{ readonly marks: RowMarks; readonly error: AppError } | null>(null)
  const subscribe = async (filters: readonly string[]) => {
    if (busy.current) return
    busy.current = true
    setFailure(null)
    const error = await connection.get(subscriptionsState).subscribeTo(...filters)
    if (error) setFailure({ marks, error })
    busy.current = false
  }
  const error = failure?.marks === marks ? failure.error : null
  return { subscribe, error, standingIn: (filter: string) => filterStandingOf(subscriptions, filter) }
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
