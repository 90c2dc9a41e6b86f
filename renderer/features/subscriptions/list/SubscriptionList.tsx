import { useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { removeSubscriptions } from '../../../state/subscriptionVerbs'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import type { Rates } from '../../../state/useRates'
import { ContextMenu, type MenuEntry } from '../../../ui/menus'
import { useRovingFocus } from '../../../ui/useRovingFocus'
import { useRowMarks } from '../../../ui/useRowMarks'
import { rowsByPlace } from '../../../ui/virtualList/listRows'
import { useVirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import { useContentHeight } from '../../../ui/contentHeight'
import { useScroller } from '../../../ui/useScroller'
import type { NearMissesOf } from '../nearMisses/useNearMisses'
import styles from '../subscriptions.module.css'
import { SubscriptionRow } from './SubscriptionRow'
import { subscriptionListState } from './subscriptionListState'
import { rowHeight, useMeasuredRows } from './useMeasuredRows'
import { isElement, isHtmlElement } from '../../../ui/elements'

/** So that every list that is not very long is there as a whole, for the page's search and for whatever reads the page. */
const overscan = 30

export interface SubscriptionListProps {
  /** In their order. */
  readonly rows: readonly SubscriptionStatus[]
  readonly rates: Rates
  readonly onEdit: (status: SubscriptionStatus) => void
  readonly menuOf: (statuses: readonly SubscriptionStatus[]) => readonly MenuEntry[]
  readonly near: NearMissesOf
  /** As `useContentHeight` takes it. */
  readonly pane: RefObject<HTMLElement | null> | null
  readonly beside: string
}

/** The list itself: one Tab stop, arrow keys within, several rows at once, and a menu on each. */
export function SubscriptionList({ rows, rates, onEdit, menuOf, near, pane, beside }: SubscriptionListProps) {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()
  const [scroller, attach] = useScroller()
  const measured = useMeasuredRows(rows)
  const ids = rows.map(({ subscription }) => subscription.id)
  const { roving, list } = useListFocus({ ids, rows, scroller, measured })
  const marked = useConnection(subscriptionListState, (state) => state)
  const marks = useRowMarks({ ids, marks: marked, focusRow: roving.focusRow })
  const menuRow = useRef<string | null>(null)
  useContentHeight({ pane, list: scroller, listHeight: measured.total(), beside })
  /** A row, or with it all that were chosen together. */
  const targets = (id: string): readonly SubscriptionStatus[] =>
    rows.filter(({ subscription }) => (marked.ids.has(id) ? marked.ids.has(subscription.id) : subscription.id === id))
  const statusOf = (id: string) => rows.find(({ subscription }) => subscription.id === id)

  const handleKey = (event: KeyboardEvent) => {
    const id = rowIdOf(event.target)
    if (id === null || marks.handleKey(event, id)) return
    if (roving.handleMove(event, id)) {
      // One that was clicked is only where the keyboard was; several stay chosen.
      if (marked.ids.size === 1) marked.clear()
      return
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const status = statusOf(id)
    if (event.key === 'Enter' && status && isRowItself(event.target)) onEdit(status)
    else if (event.key === 'Delete') void removeSubscriptions(connection, targets(id))
    else return
    event.preventDefault()
  }
  const handleClick = (event: MouseEvent) => {
    const id = rowIdOf(event.target)
    if (id === null || isControl(event.target)) return
    if (!marks.handleClick(event, id)) marked.mark([id])
    roving.focusRow(id)
  }
  const handleDoubleClick = ({ target }: MouseEvent) => {
    const status = statusOf(rowIdOf(target) ?? '')
    if (status && !isControl(target)) onEdit(status)
  }
  return (
    <ContextMenu className={styles.menuFrame} items={() => menuOf(targets(menuRow.current ?? ''))}>
      <div
        ref={attach}
        role="list"
        aria-label={t('list')}
        className={styles.list}
        onScroll={list.handleScroll}
        onKeyDown={handleKey}
        onClick={handleClick}
        onDoubleClick={handleDoubleClick}
        onContextMenuCapture={({ target }) => (menuRow.current = rowIdOf(target))}
      >
        <VirtualRows
          list={list}
          renderRow={({ place }) => {
            const status = rows[place]
            if (!status) return null
            const { id, filter } = status.subscription
            return (
              <SubscriptionRow
                status={status}
                nearest={near.get(filter)?.[0]}
                rate={rates.rates.get(id)?.perSecond ?? 0}
                now={rates.at}
                position={{ place, count: rows.length }}
                isTabStop={roving.tabStop === id}
                isChosen={marked.ids.has(id)}
                targets={targets}
                onFocus={() => roving.setTabStop(id)}
                onEdit={onEdit}
              />
            )
          }}
        />
      </div>
    </ContextMenu>
  )
}

interface ListFocusOptions {
  readonly ids: readonly string[]
  readonly rows: readonly SubscriptionStatus[]
  readonly scroller: HTMLElement | null
  readonly measured: ReturnType<typeof useMeasuredRows>
}

/** The rows in view, and the row that has the Tab stop, which is there wherever the view is. */
const useListFocus = ({ ids, rows, scroller, measured }: ListFocusOptions) => {
  const [stop, setStop] = useState<string | null>(null)
  const stopPlace = stop === null ? -1 : ids.indexOf(stop)
  const list = useVirtualList({
    scroller,
    rows: rowsByPlace(rows.length),
    rowHeight,
    measured,
    overscan,
    keptPlace: Math.max(0, stopPlace),
    keyOf: (place) => ids[place] ?? place,
  })
  const elementOf = (id: string) =>
    [...(scroller?.querySelectorAll<HTMLElement>('[data-part="receive"]') ?? [])].find((box) => rowIdOf(box) === id) ??
    null
  const roving = useRovingFocus({
    keys: ids,
    elementOf,
    reveal: (id) => list.reveal(ids.indexOf(id)),
    pageRows: list.pageRows,
  })
  if (roving.tabStop !== stop) setStop(roving.tabStop)
  return { roving, list }
}

const rowIdOf = (target: EventTarget): string | null =>
  (isElement(target) && target.closest<HTMLElement>('[data-id]')?.dataset['id']) || null

/** What does something of its own when it is clicked. */
const isControl = (target: EventTarget): boolean => isElement(target) && target.closest('button, input') !== null

/** The element that has the focus for the row, and not one of its buttons, which Enter presses. */
const isRowItself = (target: EventTarget): boolean => isHtmlElement(target) && target.dataset['part'] === 'receive'
