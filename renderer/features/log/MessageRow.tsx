import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { SkippedMessage } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import type { LogRow } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { isHead } from '../../model/messageLog/payloadHead'
import { classes } from '../../ui/classes'
import { formatBytes, formatClock, formatCount, formatIso } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import { DeliveryMark } from './DeliveryMark'
import styles from './log.module.css'
import { MatchedDots } from './MatchedDots'
import { previewOf } from './preview'
import { TopicText } from './TopicText'

function PayloadPreview({ payload, payloadBytes }: Pick<MessageView, 'payload' | 'payloadBytes'>) {
  const t = useTranslations('log')
  const { kind, text, cut } = previewOf(payload, payloadBytes)
  if (kind === 'empty') return <span className={styles.faint}>{t('emptyPayload')}</span>
  return (
    <span className={styles.previewText} data-kind={kind}>
      <VisibleText text={text} isStart={cut} limit={240} mostPieces={4} />
    </span>
  )
}

const Direction = memo(function Direction({ outgoing }: { readonly outgoing: boolean }) {
  const t = useTranslations('log')
  const name = t(outgoing ? 'sent' : 'received')
  const Arrow = outgoing ? ArrowUpRight : ArrowDownLeft
  return (
    <span className={styles.arrow} data-outgoing={outgoing} title={name}>
      <Arrow size={14} aria-hidden="true" />
      <span className="visually-hidden">{name}</span>
    </span>
  )
})

interface MarksProps extends Pick<MessageView, 'retain' | 'dup' | 'repeat' | 'copy'> {
  /** How much of the payload is here; null = all of it. */
  readonly headBytes: number | null
}

const letters = [
  ['retain', 'R'],
  ['dup', 'D'],
  ['repeat', '='],
  ['copy', 'C'],
] as const

const Marks = memo(function Marks({ headBytes, ...message }: MarksProps) {
  const t = useTranslations('log')
  return (
    <>
      {letters.map(([name, letter]) =>
        message[name] ? (
          <abbr key={name} className={styles.mark} title={t(`marks.${name}`)}>
            {letter}
          </abbr>
        ) : null,
      )}
      {headBytes === null ? null : (
        <abbr className={styles.mark} title={t('headMark', { head: formatBytes(headBytes) })}>
          …
        </abbr>
      )}
    </>
  )
})

/** Characters of a topic in a row that says why its message is not there. */
const longestTopic = 200

const skippedValues = ({ topic, bytes, cause }: SkippedMessage) => ({
  topic: visibleName(topic, longestTopic),
  size: formatBytes(bytes),
  cause,
})

interface MessageCellsProps {
  readonly message: MessageView
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

function MessageCells({ message, subscriptions }: MessageCellsProps) {
  return (
    <>
      <span role="gridcell" className={styles.time} title={formatIso(message.time)}>
        {formatClock(message.time)}
      </span>
      <span role="gridcell">
        <Direction outgoing={message.outgoing} />
      </span>
      <span role="gridcell" className={styles.dotsCell}>
        <MatchedDots ids={message.subscriptionIds} subscriptions={subscriptions} />
      </span>
      <span role="gridcell" className={styles.topicCell} aria-label={visibleName(message.topic)}>
        <TopicText topic={message.topic} />
      </span>
      <span role="gridcell" className={classes(styles.number, styles.qosCell)}>
        {message.qos}
      </span>
      <span role="gridcell" className={styles.marks}>
        <Marks
          retain={message.retain}
          dup={message.dup}
          repeat={message.repeat}
          copy={message.copy}
          headBytes={isHead(message) ? message.payload.length : null}
        />
      </span>
      <span role="gridcell" className={classes(styles.number, styles.sizeCell)}>
        {formatBytes(message.payloadBytes)}
      </span>
      <span role="gridcell" className={styles.preview}>
        <PayloadPreview payload={message.payload} payloadBytes={message.payloadBytes} />
        {message.delivery ? <DeliveryMark delivery={message.delivery} qos={message.qos} /> : null}
      </span>
    </>
  )
}

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
      <div role="row" aria-rowindex={rowIndex} className={styles.gapRow} data-gap={row.kind}>
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
      <MessageCells message={message} subscriptions={subscriptions} />
    </div>
  )
})
