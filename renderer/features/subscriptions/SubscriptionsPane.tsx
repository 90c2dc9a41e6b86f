import { useCallback, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { messagesState, type MessagesState } from '../../state/messages'
import { useConnection } from '../../state/useConnection'
import { useRates, type RatePace } from '../../state/useRates'
import { useLandmarkName } from '../../state/useLandmarkName'
import { useContentHeight } from '../../ui/contentHeight'
import { SearchField } from '../../ui/SearchField'
import { ChosenBar } from './list/ChosenBar'
import { SubscriptionList } from './list/SubscriptionList'
import { subscriptionListState } from './list/subscriptionListState'
import { useRowMenu } from './list/useRowMenu'
import { useShownSubscriptions } from './list/useShownSubscriptions'
import { useNearMisses } from './nearMisses/useNearMisses'
import { SubscribeForm } from './SubscribeForm'
import { SubscriptionDialog } from './SubscriptionDialog'
import styles from './subscriptions.module.css'

const pace: RatePace = { windowMs: 4_000, everyMs: 1_000, hasAges: true }

/** From so many on one looks for a filter by its name. */
const searchedFrom = 8

/** Messages by subscription, without stored ones: those say nothing of how often something is published. */
const publishedOf = ({ subscriptionTotals }: MessagesState) =>
  Object.fromEntries(Object.entries(subscriptionTotals).map(([id, { messages, stored }]) => [id, messages - stored]))

/** What this connection listens to: a line to add a filter, and one line for each that is there. */
export function SubscriptionsPane() {
  const t = useTranslations('subscriptions')
  const landmark = useLandmarkName(t('region'))
  const { all, rows } = useShownSubscriptions()
  const rates = useRates(messagesState, publishedOf, pace)
  const [edited, setEdited] = useState<Subscription | null>(null)
  const edit = useCallback(({ subscription }: SubscriptionStatus) => setEdited(subscription), [])
  const near = useNearMisses(all)
  const menuOf = useRowMenu(edit, near)
  const marked = useConnection(subscriptionListState, (state) => state.ids)
  const search = useConnection(subscriptionListState, (state) => state.search)
  const searchFor = useConnection(subscriptionListState, (state) => state.searchFor)
  const chosen = useMemo(() => rows.filter(({ subscription }) => marked.has(subscription.id)), [rows, marked])
  const isSearched = all.length >= searchedFrom || search !== ''
  const isChoosing = chosen.length > 1
  const [hasRemarks, setHasRemarks] = useState(false)
  const pane = useRef<HTMLElement>(null)
  useOrderAtFirst()
  return (
    <section ref={pane} aria-label={landmark} className={styles.pane}>
      <SubscribeForm onRemarks={setHasRemarks} />
      {isSearched ? (
        <div className={styles.search} role="search">
          <SearchField label={t('search')} value={search} onChange={searchFor} />
        </div>
      ) : null}
      {all.length === 0 ? (
        <NoFilters pane={pane} beside={`${hasRemarks}`} />
      ) : rows.length === 0 ? (
        <p className={styles.none}>{t('noneFound')}</p>
      ) : (
        <SubscriptionList
          rows={rows}
          rates={rates}
          onEdit={edit}
          menuOf={menuOf}
          near={near}
          // What is looked for comes and goes with each letter, and the pane stays.
          pane={search === '' ? pane : null}
          beside={`${isSearched} ${isChoosing} ${hasRemarks}`}
        />
      )}
      {isChoosing ? <ChosenBar chosen={chosen} menuOf={menuOf} /> : null}
      {edited ? <SubscriptionDialog subscription={edited} list={all} onClose={() => setEdited(null)} /> : null}
    </section>
  )
}

interface NoFiltersProps {
  readonly pane: RefObject<HTMLElement | null>
  /** As `useContentHeight` takes it. */
  readonly beside: string
}

function NoFilters({ pane, beside }: NoFiltersProps) {
  const t = useTranslations('subscriptions')
  const [text, setText] = useState<HTMLElement | null>(null)
  useContentHeight({ pane, list: text, listHeight: text?.offsetHeight ?? 0, beside })
  return (
    <p ref={setText} className={styles.none}>
      {t('none')}
    </p>
  )
}

/** Sorted by messages, a list is in order when it comes into view, and keeps that order under the hand. */
const useOrderAtFirst = () => {
  const count = useConnection(subscriptionListState, (state) => state.count)
  useLayoutEffect(count, [count])
}
