import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { SkippedMessage } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import { visibleName } from '#shared/text/visibleText'
import type { LogRow } from '../../model/messageLog/messageLog'
import { formatBytes, formatCount } from '../../ui/format'
import styles from './log.module.css'
import { drawnColumns } from './messageColumns'

export interface MessageRowProps {
  readonly id: string
  readonly row: LogRow
  /** Counted from one, the header being the first. */
  readonly rowIndex: number
  readonly selected: boolean
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

/** One row of the log. Drawn again only when what it says has changed. */
export const MessageRow = memo(function MessageRow({ id, row, rowIndex, selected, subscriptions }: MessageRowProps) {
  const t = useTranslations('log')
  if (row.kind !== 'message') {
    return (
      <div
        role="row"
        aria-rowindex={rowIndex}
        className={styles.gapRow}
        data-gap={row.kind === 'damaged' ? 'refused' : row.kind}
      >
        <span role="gridcell">
          {row.kind === 'skipped'
            ? t('gaps.skipped', skippedValues(row.skipped))
            : t(`gaps.${row.kind}`, { messages: row.messages, count: formatCount(row.messages) })}
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
      data-topic={message.topic}
      data-seq={message.sequence}
      data-outgoing={message.outgoing}
      className={styles.row}
    >
      {drawnColumns.map(({ id: column, cellClasses, cell, title, accessibleName }) => (
        <span
          key={column}
          role="gridcell"
          className={cellClasses}
          title={title?.(message)}
          aria-label={accessibleName?.(message)}
        >
          {cell(message, { subscriptions })}
        </span>
      ))}
    </div>
  )
})

/** Characters of a topic in a row that says why its message is not there. */
const longestTopic = 200

const skippedValues = ({ topic, bytes, cause }: SkippedMessage) => ({
  topic: visibleName(topic, longestTopic),
  size: formatBytes(bytes),
  cause,
})
