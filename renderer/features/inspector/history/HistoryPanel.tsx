import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { memo, useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { showDifferenceFrom } from '../../../state/comparison'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { formatBytes, formatClock } from '../../../ui/format'
import { placeAfterKey } from '../../../ui/virtualList/listKeys'
import { useVirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import { useDurations } from '../../../ui/durations'
import { useScroller } from '../../../ui/useScroller'
import { HistoryBar } from './HistoryBar'
import { HistoryChange, HistoryPreview } from './HistoryPreview'
import { PinnedMessages } from './PinnedMessages'
import styles from './history.module.css'
import { placeAtTime } from './jumpTime'
import type { TopicHistory } from './topicHistory'

/** As in history.module.css. */
const rowHeight = 24

export interface HistoryPanelProps {
  readonly history: TopicHistory
  /** The message that the details show. */
  readonly shown: MessageView
}

/** The kept messages of the topic, the newest at the end. Choosing one shows it. */
export function HistoryPanel({ history, shown }: HistoryPanelProps) {
  const t = useTranslations('inspector.history')
  const id = useId()
  const connection = useConnectionObject()
  const { log } = connection.model
  const selectMessage = useConnection(selectionState, (state) => state.selectMessage)
  const [scroller, attach] = useScroller()
  const shownRow = log.rowOfSequence(shown.sequence)
  /** Where the keyboard is, to compare; null = at the row that is shown. */
  const [cursor, setCursor] = useState<number | null>(null)
  const activeRow = cursor ?? shownRow
  const list = useVirtualList({
    scroller,
    rows: history,
    rowHeight,
    subject: history,
    followsEnd: true,
    heldRow: activeRow,
    recyclesElements: true,
  })
  const rowId = (row: number) => `${id}-${row}`
  const isInView = activeRow !== null && list.drawn.some(({ row }) => row === activeRow)
  const choose = (row: number) => {
    setCursor(null)
    const found = log.rowAt(row)
    if (found?.kind === 'message') selectMessage(found.message.sequence)
  }
  const compare = (row: number) => {
    const found = log.rowAt(row)
    if (found?.kind === 'message') showDifferenceFrom(connection, found.message)
  }
  const jump = (time: number) => {
    const place = placeAtTime(history, log, time)
    if (place < 0) return
    choose(history.rowAt(place))
    list.reveal(place)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && cursor !== null) compare(cursor)
    const place = activeRow === null ? history.count() : history.placeOf(activeRow)
    const next = placeAfterKey(event.key, { count: history.count(), place, page: list.pageRows })
    if (next === null) return
    event.preventDefault()
    const nextRow = history.rowAt(next)
    if (event.ctrlKey || event.metaKey) setCursor(nextRow)
    else choose(nextRow)
    list.reveal(next)
  }
  return (
    <>
      <HistoryBar shown={shown} evicted={log.evictedCount()} onJump={jump} />
      <PinnedMessages topic={shown.topic} log={log} />
      <div
        ref={attach}
        role="listbox"
        aria-label={t('list')}
        aria-activedescendant={isInView ? rowId(activeRow) : undefined}
        tabIndex={0}
        title={t('compareHint')}
        className={styles.list}
        onScroll={list.handleScroll}
        onKeyDown={handleKey}
      >
        <VirtualRows
          list={list}
          renderRow={({ place, row }) => (
            <HistoryRow
              id={rowId(row)}
              {...{ log, row, place }}
              rowBefore={place === 0 ? null : history.rowAt(place - 1)}
              count={history.count()}
              isShown={row === shownRow}
              isAtCursor={row === cursor}
              onChoose={choose}
              onCompare={compare}
            />
          )}
        />
      </div>
    </>
  )
}

interface HistoryRowProps {
  readonly id: string
  readonly log: MessageLog
  readonly row: number
  readonly place: number
  /** The one before it on its topic; null = it is not kept, or not found yet. */
  readonly rowBefore: number | null
  readonly count: number
  readonly isShown: boolean
  readonly isAtCursor: boolean
  readonly onChoose: (row: number) => void
  /** Shows how the shown message differs from this one. */
  readonly onCompare: (row: number) => void
}

function HistoryRow(props: HistoryRowProps) {
  const { id, log, row, place, rowBefore, count, isShown, isAtCursor, onChoose, onCompare } = props
  const handlePress = (event: MouseEvent) => (event.ctrlKey || event.metaKey ? onCompare(row) : onChoose(row))
  return (
    <div
      id={id}
      role="option"
      aria-selected={isShown}
      aria-posinset={place + 1}
      aria-setsize={count}
      data-cursor={isAtCursor || undefined}
      className={styles.row}
      onMouseDown={handlePress}
    >
      <RowContent log={log} row={row} rowBefore={rowBefore} />
    </div>
  )
}

type ContentProps = Pick<HistoryRowProps, 'log' | 'row' | 'rowBefore'>

/** What a row says never changes: it is read from the log once, however many batches come. */
const RowContent = memo(function RowContent({ log, row, rowBefore }: ContentProps) {
  const t = useTranslations('inspector')
  const durations = useDurations()
  const message = useMemo(() => messageAt(log, row), [log, row])
  const before = useMemo(() => (rowBefore === null ? null : messageAt(log, rowBefore)), [log, rowBefore])
  if (!message) return null
  const Arrow = message.outgoing ? ArrowUpRight : ArrowDownLeft
  return (
    <>
      <span className={styles.time}>{formatClock(message.time)}</span>
      <span className={styles.interval} title={t('history.interval')}>
        {before ? `+${durations.interval(Math.max(0, message.arrivedAt - before.arrivedAt))}` : ''}
      </span>
      <span className={styles.arrow} title={t(message.outgoing ? 'sent' : 'received')}>
        <Arrow size={12} aria-hidden="true" />
      </span>
      {message.retain ? (
        <abbr className={styles.faint} title={t('history.retained')}>
          R
        </abbr>
      ) : null}
      <span className={styles.preview}>
        <HistoryPreview message={message} />
      </span>
      {before ? <HistoryChange before={before} message={message} /> : null}
      <span className={styles.size}>{formatBytes(message.payloadBytes)}</span>
    </>
  )
})

const messageAt = (log: MessageLog, row: number): MessageView | null => {
  const found = log.rowAt(row)
  return found?.kind === 'message' ? found.message : null
}
