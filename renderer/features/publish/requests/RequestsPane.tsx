import { ArrowLeftRight } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useFocusRequest } from '../../../state/focus'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { Button } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { isElement } from '../../../ui/elements'
import { useRovingFocus } from '../../../ui/useRovingFocus'
import { RequestRow } from './RequestRow'
import { RequestSummary } from './RequestSummary'
import styles from './requests.module.css'
import { requestsState } from './requestsState'

/** The requests of the connection with their answers, the newest first, and how long these took. */
export function RequestsPane() {
  const t = useTranslations('requests')
  const landmark = useLandmarkName(t('region'))
  const isEmpty = useConnection(requestsState, ({ exchanges }) => exchanges.length === 0)
  const clear = useConnection(requestsState, (state) => state.clear)
  return (
    <section aria-label={landmark} className={styles.pane}>
      <div className={styles.bar}>
        <RequestSummary />
        <span className={styles.gap} />
        <Button variant="plain" disabled={isEmpty} title={t('clearHint')} onClick={clear}>
          {t('clear')}
        </Button>
      </div>
      {isEmpty ? (
        <EmptyState icon={<ArrowLeftRight size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <RequestList />
      )}
    </section>
  )
}

/** Request and answer are a place each, which the arrow keys reach one after the other. */
function RequestList() {
  const t = useTranslations('requests')
  const exchanges = useConnection(requestsState, (state) => state.exchanges)
  const connection = useConnectionObject()
  const list = useRef<HTMLDivElement>(null)
  const newestFirst = exchanges.toReversed()
  const keys = newestFirst.flatMap(({ id, requestSequence, answerSequence }) => [
    ...(requestSequence === null ? [] : [`${id} request`]),
    ...(answerSequence === null ? [] : [`${id} answer`]),
  ])
  const elementOf = (key: string) => list.current?.querySelector<HTMLElement>(`[data-place="${key}"]`) ?? null
  const roving = useRovingFocus({ keys, elementOf })
  useFocusRequest('requests', () => roving.focusRow(roving.tabStop ?? ''))
  return (
    <div
      ref={list}
      role="list"
      aria-label={t('list')}
      className={styles.list}
      onKeyDown={(event) => {
        const key = placeOf(event.target)
        if (key !== null) roving.handleMove(event, key)
      }}
      onFocus={({ target }) => {
        const key = placeOf(target)
        if (key !== null) roving.setTabStop(key)
      }}
      onClick={({ target }) => {
        const sequence = sequenceOf(target)
        if (sequence !== null) connection.get(selectionState).selectMessage(sequence)
      }}
    >
      {newestFirst.map((exchange) => (
        <RequestRow
          key={exchange.id}
          exchange={exchange}
          tabStop={roving.tabStop?.startsWith(`${exchange.id} `) ? roving.tabStop : null}
        />
      ))}
    </div>
  )
}

const placeOf = (target: EventTarget): string | null =>
  (isElement(target) && target.closest<HTMLElement>('[data-place]')?.dataset['place']) || null

const sequenceOf = (target: EventTarget): number | null => {
  const place = isElement(target) ? target.closest<HTMLElement>('[data-place]') : null
  return place ? Number(place.dataset['sequence']) : null
}
