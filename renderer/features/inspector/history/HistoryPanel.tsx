import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { memo, useId, useMemo, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { hexPair } from '#shared/mqtt/payloadText'
import { oneLineOf } from '#shared/text/payloadReading'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { formatBytes, formatClock } from '../../../ui/format'
import { placeAfterKey } from '../../../ui/virtualList/listKeys'
import { useVirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import { VisibleText } from '../../../ui/VisibleText'
import { useScroller } from '../../../ui/useScroller'
import styles from './history.module.css'
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
  const { log } = useConnectionObject().model
  const selectMessage = useConnection(selectionState, (state) => state.selectMessage)
  const [scroller, attach] = useScroller()
  const shownRow = log.rowOfSequence(shown.sequence)
  const list = useVirtualList({
    scroller,
    rows: history,
    rowHeight,
    subject: history,
    followsEnd: true,
    heldRow: shownRow,
    recyclesElements: true,
  })
  const rowId = (row: number) => `${id}-${row}`
  const isInView = shownRow !== null && list.drawn.some(({ row }) => row === shownRow)
  const choose = (row: number) => {
    const found = log.rowAt(row)
    if (found?.kind === 'message') selectMessage(found.message.sequence)
  }
  const handleKey = (event: KeyboardEvent) => {
    const place = shownRow === null ? history.count() : history.placeOf(shownRow)
    const next = placeAfterKey(event.key, { count: history.count(), place, page: list.pageRows })
    if (next === null) return
    event.preventDefault()
    choose(history.rowAt(next))
    list.reveal(next)
  }
  return (
    <div
      ref={attach}
      role="listbox"
      aria-label={t('list')}
      aria-activedescendant={isInView ? rowId(shownRow) : undefined}
      tabIndex={0}
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
            count={history.count()}
            isShown={row === shownRow}
            onChoose={choose}
          />
        )}
      />
    </div>
  )
}

interface HistoryRowProps {
  readonly id: string
  readonly log: MessageLog
  readonly row: number
  readonly place: number
  readonly count: number
  readonly isShown: boolean
  readonly onChoose: (row: number) => void
}

function HistoryRow({ id, log, row, place, count, isShown, onChoose }: HistoryRowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isShown}
      aria-posinset={place + 1}
      aria-setsize={count}
      className={styles.row}
      onMouseDown={() => onChoose(row)}
    >
      <RowContent log={log} row={row} />
    </div>
  )
}

/** What a row says never changes: it is read from the log once, however many batches come. */
const RowContent = memo(function RowContent({ log, row }: Pick<HistoryRowProps, 'log' | 'row'>) {
  const t = useTranslations('inspector')
  const message = useMemo(() => {
    const found = log.rowAt(row)
    return found?.kind === 'message' ? found.message : null
  }, [log, row])
  if (!message) return null
  const Arrow = message.outgoing ? ArrowUpRight : ArrowDownLeft
  return (
    <>
      <span className={styles.time}>{formatClock(message.time)}</span>
      <span className={styles.arrow} title={t(message.outgoing ? 'sent' : 'received')}>
        <Arrow size={12} aria-hidden="true" />
      </span>
      <span className={styles.preview}>
        <Preview message={message} />
      </span>
      <span className={styles.size}>{formatBytes(message.payloadBytes)}</span>
    </>
  )
})

const previewBytes = 200
const hexBytes = 24

function Preview({ message: { payload, payloadBytes } }: { readonly message: MessageView }) {
  const t = useTranslations('inspector.history')
  const line = oneLineOf(payload, { payloadBytes, textBytes: previewBytes, hexBytes })
  if (line.kind === 'empty') return <span className={styles.faint}>{t('empty')}</span>
  const text = line.kind === 'text' ? line.text : Array.from(line.first, hexPair).join(' ')
  return <VisibleText text={text} isStart={line.cut} limit={previewBytes} mostPieces={4} />
}
