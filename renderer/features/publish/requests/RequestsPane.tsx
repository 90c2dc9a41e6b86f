import { ArrowLeftRight, Plus } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { dialogsState } from '../../../state/dialogs'
import { useFocusRequest } from '../../../state/focus'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { Button } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { isElement } from '../../../ui/elements'
import { useRovingFocus } from '../../../ui/useRovingFocus'
import { ViewSwitch } from '../../../ui/ViewSwitch'
import { newRule } from '../responder/newRule'
import { ResponderPart } from '../responder/ResponderPart'
import { RequestRow } from './RequestRow'
import { RequestSummary } from './RequestSummary'
import styles from './requests.module.css'
import { requestsState, type RequestsState } from './requestsState'

/** The requests of the connection with their answers, and the rules by which it answers those of others. */
export function RequestsPane() {
  const t = useTranslations('requests')
  const landmark = useLandmarkName(t('region'))
  const { part, showPart } = useConnection(requestsState, (state) => state)
  const connection = useConnectionObject()
  const writeNew = () =>
    connection.app.get(dialogsState).show(connection, { kind: 'rule', rule: newRule(connection.id) })
  return (
    <section aria-label={landmark} className={styles.pane}>
      <div className={styles.bar}>
        <ViewSwitch
          label={t('part')}
          value={part}
          options={(['requests', 'responder'] as const).map((value) => ({ value, label: t(`parts.${value}`) }))}
          onChange={showPart}
        />
        {part === 'requests' ? <RequestSummary /> : null}
        <span className={styles.gap} />
        {part === 'requests' ? (
          <ClearButton />
        ) : (
          <Button variant="plain" icon={<Plus size={14} aria-hidden />} onClick={writeNew}>
            {t('newRule')}
          </Button>
        )}
      </div>
      {part === 'requests' ? <Requests /> : <ResponderPart />}
    </section>
  )
}

const selectIsEmpty = ({ exchanges }: RequestsState) => exchanges.length === 0

function ClearButton() {
  const t = useTranslations('requests')
  const isEmpty = useConnection(requestsState, selectIsEmpty)
  const clear = useConnection(requestsState, (state) => state.clear)
  return (
    <Button variant="plain" disabled={isEmpty} title={t('clearHint')} onClick={clear}>
      {t('clear')}
    </Button>
  )
}

function Requests() {
  const t = useTranslations('requests')
  const isEmpty = useConnection(requestsState, selectIsEmpty)
  if (!isEmpty) return <RequestList />
  return (
    <EmptyState icon={<ArrowLeftRight size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
      {t('emptyText')}
    </EmptyState>
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
