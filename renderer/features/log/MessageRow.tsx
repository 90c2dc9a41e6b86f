import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { SkippedMessage } from '#shared/model/frame'
import type { HistoryMark } from '#shared/model/history'
import { visibleName } from '#shared/text/visibleText'
import type { LogRow } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { SchemaRowMark } from '../../mqttUi/SchemaMark'
import { RangMark } from '../../mqttUi/WatchMarks'
import { dialogsState } from '../../state/dialogs'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { useDiffersAt } from '../../state/schemaCounts'
import { useRang } from '../../state/useWatchMarks'
import { Button } from '../../ui/Button'
import { formatBytes, formatCount, formatDayClock } from '../../ui/format'
import { BookmarkMark } from './bookmarks/BookmarkMark'
import type { Bookmark } from './bookmarks/bookmarks'
import styles from './log.module.css'
import type { DrawnColumn } from './columns/drawnColumns'
import type { CellContext } from './messageColumns'

export interface MessageRowProps extends CellContext {
  readonly id: string
  readonly row: LogRow
  /** Its number in the log. */
  readonly logRow: number
  /** Counted from one, the header being the first. */
  readonly rowIndex: number
  readonly selected: boolean
  /** It is the one that the details show. */
  readonly current: boolean
  /** Absent = it has none. */
  readonly bookmark: Bookmark | undefined
  readonly columns: readonly DrawnColumn[]
}

/** One row of the log. Drawn again only when what it says has changed. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { id, row, logRow, rowIndex, selected, current, bookmark, columns, subscriptions, log, rowBeforeAt } = props
  const t = useTranslations('log')
  if (row.kind !== 'message') {
    return (
      <div role="row" aria-rowindex={rowIndex} className={styles.gapRow} data-gap={gapName(row)}>
        <span role="gridcell">
          {row.kind === 'mark' ? (
            <HistoryMarkText mark={row.mark} />
          ) : row.kind === 'skipped' ? (
            t('gaps.skipped', skippedValues(row.skipped))
          ) : (
            t(`gaps.${row.kind}`, { messages: row.messages, count: formatCount(row.messages) })
          )}
        </span>
      </div>
    )
  }
  const { message } = row
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      data-current={current}
      data-topic={message.topic}
      data-seq={message.sequence}
      data-outgoing={message.outgoing}
      className={styles.row}
    >
      <RowCells message={message} {...{ columns, subscriptions, log, rowBeforeAt }} />
      <Differs row={logRow} />
      <Rang sequence={message.sequence} />
      {bookmark ? <BookmarkMark bookmark={bookmark} /> : null}
    </div>
  )
})

const gapName = (row: Exclude<LogRow, { kind: 'message' }>): string =>
  row.kind === 'damaged' ? 'refused' : row.kind === 'mark' ? row.mark.kind : row.kind

/** What is told of messages that were read from disk. */
function HistoryMarkText({ mark }: { readonly mark: HistoryMark }) {
  const t = useTranslations('log')
  switch (mark.kind) {
    case 'earlier':
      return (
        <>
          {t('gaps.earlier', { messages: mark.messages, count: formatCount(mark.messages) })}
          <OpenEarlier />
        </>
      )
    case 'now':
      return t('gaps.now', { time: formatDayClock(mark.time) })
    case 'gap': {
      const { messages, cause } = mark.gap
      return t('gaps.unrecorded', { count: messages === null ? 'unknown' : formatCount(messages), cause })
    }
  }
}

function Differs({ row }: { readonly row: number }) {
  const t = useTranslations('log')
  return useDiffersAt(row) ? <SchemaRowMark text={t('marks.schema')} /> : null
}

function OpenEarlier() {
  const t = useTranslations('log')
  const connection = useConnectionObject()
  const show = useApp(dialogsState, (state) => state.show)
  return (
    <Button variant="quiet" onClick={() => show(connection, { kind: 'diskHistory' })}>
      {t('gaps.openEarlier')}
    </Button>
  )
}

function Rang({ sequence }: Pick<MessageView, 'sequence'>) {
  return useRang(sequence) ? <RangMark /> : null
}

interface RowCellsProps extends CellContext, Pick<MessageRowProps, 'columns'> {
  readonly message: MessageView
}

/** Not drawn again when the row only has another number, as all have with each answer of a search for older messages. */
const RowCells = memo(function RowCells({ message, columns, ...context }: RowCellsProps) {
  return columns.map(({ id, cellClasses, cell, title, accessibleName }) => (
    <span
      key={id}
      role="gridcell"
      data-field={id.startsWith('$') ? id : undefined}
      className={cellClasses}
      title={title?.(message)}
      aria-label={accessibleName?.(message)}
    >
      {cell(message, context)}
    </span>
  ))
})

/** Characters of a topic in a row that says why its message is not there. */
const longestTopic = 200

const skippedValues = ({ topic, bytes, cause }: SkippedMessage) => ({
  topic: visibleName(topic, longestTopic),
  size: formatBytes(bytes),
  cause,
})
