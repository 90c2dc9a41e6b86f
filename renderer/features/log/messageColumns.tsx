import { ArrowDownUp, Flag, Rss, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ColumnShow } from '#shared/model/logColumns'
import type { Subscription } from '#shared/model/subscription'
import { visibleName } from '#shared/text/visibleText'
import type { Words } from '#shared/i18n/words'
import type { MessageLog } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { isHead } from '../../model/messageLog/payloadHead'
import { formatBytes, formatClock, formatIso, formatUtcClock } from '../../ui/format'
import type { UniformRule } from './columns/columnFacts'
import { Age, SinceRow, SinceTopic } from './columns/TimeCells'
import { PropertiesCell, propertiesLine } from './columns/PropertiesCell'
import { DeliveryMark } from './DeliveryMark'
import styles from './log.module.css'
import { MatchedDots } from './MatchedDots'
import { DirectionCell, Marks, PayloadPreview } from './MessageCells'
import { TopicText } from './TopicText'

/** The forms of the grid, widest first: a narrow pane has the columns that tell messages apart; the details show the rest. */
export const paneWidths = ['wide', 'narrow', 'narrowest'] as const
export type PaneWidth = (typeof paneWidths)[number]

/** What cells show beside the message itself. */
export interface CellContext {
  readonly subscriptions: ReadonlyMap<string, Subscription>
  readonly log: MessageLog
  /** When the message in the row above came, on the steady clock; null = there is none, or no column asks for it. */
  readonly rowBeforeAt: number | null
}

/** What header and rows draw of a column. */
export interface ColumnLook {
  /** Stands in the header where its name has no room; the name is in the tooltip, and for screen readers. */
  readonly icon?: LucideIcon
  /** As in `grid-template-columns`, by the form of the grid; absent = the form has no such column. */
  readonly width: { readonly wide: string } & Partial<Readonly<Record<PaneWidth, string>>>
  readonly headerClass?: string | undefined
  readonly cellClass?: string | undefined
  readonly cell: (message: MessageView, context: CellContext) => ReactNode
  /** The cell's tooltip. */
  readonly title?: (message: MessageView) => string
  /** What a screen reader says of the cell in the place of what it shows. */
  readonly accessibleName?: (message: MessageView) => string
  /** It shows the time since the row above. */
  readonly asksRowBefore?: boolean
}

/** A column of the log: header and rows draw what this says, and nothing else knows of it but the words of its name. */
interface MessageColumn extends ColumnLook {
  /** Its name stands under this key in the words of `log.columns`. */
  readonly id: keyof Words['log']['columns']
  /** Until a person chooses otherwise. */
  readonly show: ColumnShow
  /** What of it is not worth a column: it stands once a message says something else. */
  readonly uniform?: UniformRule
}

const clock = { wide: '88px', narrow: '88px', narrowest: '88px' } as const
const interval = { wide: '64px', narrow: '64px' } as const
const topicRoom = (most: string) => `minmax(60px, min(var(--topic-room), ${most}))`

/** In the order in which they stand until a person arranges them. */
export const messageColumns: readonly MessageColumn[] = [
  {
    id: 'time',
    show: 'shown',
    width: clock,
    cellClass: styles.time,
    cell: ({ time }) => formatClock(time),
    title: ({ time }) => formatIso(time),
  },
  {
    id: 'timeUtc',
    show: 'hidden',
    width: clock,
    cellClass: styles.time,
    cell: ({ time }) => formatUtcClock(time),
    title: ({ time }) => formatIso(time),
  },
  {
    id: 'age',
    show: 'hidden',
    width: interval,
    headerClass: styles.numberHeader,
    cellClass: styles.number,
    cell: ({ arrivedAt }) => <Age arrivedAt={arrivedAt} />,
    title: ({ time }) => formatIso(time),
  },
  {
    id: 'sinceRow',
    show: 'hidden',
    width: interval,
    headerClass: styles.numberHeader,
    cellClass: styles.number,
    asksRowBefore: true,
    cell: ({ arrivedAt }, { rowBeforeAt }) => <SinceRow arrivedAt={arrivedAt} beforeAt={rowBeforeAt} />,
  },
  {
    id: 'sinceTopic',
    show: 'hidden',
    width: interval,
    headerClass: styles.numberHeader,
    cellClass: styles.number,
    cell: (message, { log }) => <SinceTopic message={message} log={log} />,
  },
  {
    id: 'direction',
    show: 'auto',
    uniform: { of: ({ outgoing }) => outgoing, rule: false },
    icon: ArrowDownUp,
    width: { wide: '14px', narrow: '14px', narrowest: '14px' },
    cell: ({ outgoing }) => <DirectionCell outgoing={outgoing} />,
  },
  {
    id: 'subscriptions',
    show: 'auto',
    // One and the same sign in every row says nothing.
    uniform: { of: ({ subscriptionIds, outgoing }) => (outgoing ? '' : subscriptionIds.join(' ')) },
    icon: Rss,
    width: { wide: '38px', narrow: '30px', narrowest: '26px' },
    cellClass: styles.dotsCell,
    cell: ({ subscriptionIds }, { subscriptions }) => (
      <MatchedDots ids={subscriptionIds} subscriptions={subscriptions} />
    ),
  },
  {
    id: 'topic',
    show: 'shown',
    // As wide as the topics that were shown, up to a share: the payload has the rest.
    width: { wide: topicRoom('36%'), narrow: topicRoom('32%'), narrowest: topicRoom('32%') },
    cellClass: styles.topicCell,
    cell: ({ topic }) => <TopicText topic={topic} />,
    accessibleName: ({ topic }) => visibleName(topic),
  },
  {
    id: 'qos',
    show: 'auto',
    uniform: { of: ({ qos }) => qos, rule: 0 },
    width: { wide: '26px', narrow: '26px' },
    headerClass: styles.numberHeader,
    cellClass: styles.number,
    cell: ({ qos }) => qos,
  },
  {
    id: 'marks',
    show: 'auto',
    uniform: {
      of: (message) => message.retain || message.dup || message.repeat || message.copy || isHead(message),
      rule: false,
    },
    icon: Flag,
    width: { wide: '30px', narrow: '30px' },
    headerClass: styles.marks,
    cellClass: styles.marks,
    cell: (message) => (
      <Marks
        retain={message.retain}
        dup={message.dup}
        repeat={message.repeat}
        copy={message.copy}
        headBytes={isHead(message) ? message.payload.length : null}
      />
    ),
  },
  {
    id: 'size',
    show: 'shown',
    width: { wide: '58px' },
    headerClass: styles.numberHeader,
    cellClass: styles.number,
    cell: ({ payloadBytes }) => formatBytes(payloadBytes),
  },
  {
    id: 'properties',
    show: 'hidden',
    width: { wide: 'minmax(40px, 140px)' },
    cellClass: styles.cutText,
    cell: ({ properties }) => <PropertiesCell properties={properties} />,
    title: ({ properties }) => propertiesLine(properties),
  },
  {
    id: 'payload',
    show: 'shown',
    width: { wide: 'minmax(80px, 1fr)', narrow: 'minmax(60px, 1fr)', narrowest: 'minmax(60px, 0.9fr)' },
    cellClass: styles.preview,
    cell: (message) => (
      <>
        <PayloadPreview message={message} />
        {message.delivery ? <DeliveryMark delivery={message.delivery} qos={message.qos} /> : null}
      </>
    ),
  },
]
