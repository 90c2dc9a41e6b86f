import type { CSSProperties, ReactNode } from 'react'
import type { Subscription } from '#shared/model/subscription'
import { visibleName } from '#shared/text/visibleText'
import type { Words } from '#shared/i18n/words'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { isHead } from '../../model/messageLog/payloadHead'
import { classes } from '../../ui/classes'
import { formatBytes, formatClock, formatIso } from '../../ui/format'
import { DeliveryMark } from './DeliveryMark'
import styles from './log.module.css'
import { MatchedDots } from './MatchedDots'
import { DirectionCell, Marks, PayloadPreview } from './MessageCells'
import { TopicText } from './TopicText'

/** The forms of the grid, widest first: a narrow pane has the columns that tell messages apart; the details show the rest. */
const paneWidths = ['wide', 'narrow', 'narrowest'] as const
type PaneWidth = (typeof paneWidths)[number]

/** What cells show beside the message itself. */
interface CellContext {
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

/** A column of the log: header and rows draw what this says, and nothing else knows of it but the words of its name. */
interface MessageColumn {
  /** Its name stands under this key in the words of `log.columns`. */
  readonly id: keyof Words['log']['columns']
  /** Its name is for screen readers alone: what it shows speaks for itself, or there is no room. */
  readonly isNameHidden?: boolean
  /** The person may drag its width, which is then `--topic-width`. */
  readonly isResizable?: boolean
  /** As in `grid-template-columns`, by the form of the grid; absent = the form has no such column. */
  readonly width: { readonly wide: string } & Partial<Readonly<Record<PaneWidth, string>>>
  readonly headerClass?: string | undefined
  readonly cellClass?: string | undefined
  readonly cell: (message: MessageView, context: CellContext) => ReactNode
  /** The cell's tooltip. */
  readonly title?: (message: MessageView) => string
  /** What a screen reader says of the cell in the place of what it shows. */
  readonly accessibleName?: (message: MessageView) => string
}

/** In the order in which they stand. */
const messageColumns: readonly MessageColumn[] = [
  {
    id: 'time',
    width: { wide: '88px', narrow: '88px', narrowest: '88px' },
    cellClass: styles.time,
    cell: ({ time }) => formatClock(time),
    title: ({ time }) => formatIso(time),
  },
  {
    id: 'direction',
    isNameHidden: true,
    width: { wide: '14px', narrow: '14px', narrowest: '14px' },
    cell: ({ outgoing }) => <DirectionCell outgoing={outgoing} />,
  },
  {
    id: 'subscriptions',
    isNameHidden: true,
    width: { wide: '38px', narrow: '30px', narrowest: '26px' },
    cellClass: styles.dotsCell,
    cell: ({ subscriptionIds }, { subscriptions }) => (
      <MatchedDots ids={subscriptionIds} subscriptions={subscriptions} />
    ),
  },
  {
    id: 'topic',
    isResizable: true,
    width: {
      wide: 'minmax(0, var(--topic-width, 1.1fr))',
      narrow: 'minmax(0, var(--topic-width, 0.9fr))',
      narrowest: 'minmax(0, var(--topic-width, 1fr))',
    },
    headerClass: styles.topicHeader,
    cellClass: styles.topicCell,
    cell: ({ topic }) => <TopicText topic={topic} />,
    accessibleName: ({ topic }) => visibleName(topic),
  },
  {
    id: 'qos',
    width: { wide: '26px', narrow: '12px' },
    headerClass: classes(styles.numberHeader, styles.qosHeader),
    cellClass: styles.number,
    cell: ({ qos }) => qos,
  },
  {
    id: 'marks',
    isNameHidden: true,
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
    width: { wide: '58px' },
    headerClass: styles.numberHeader,
    cellClass: styles.number,
    cell: ({ payloadBytes }) => formatBytes(payloadBytes),
  },
  {
    id: 'payload',
    width: { wide: 'minmax(80px, 1fr)', narrow: 'minmax(60px, 1fr)', narrowest: 'minmax(60px, 0.9fr)' },
    cellClass: styles.preview,
    cell: ({ payload, payloadBytes, delivery, qos }) => (
      <>
        <PayloadPreview payload={payload} payloadBytes={payloadBytes} />
        {delivery ? <DeliveryMark delivery={delivery} qos={qos} /> : null}
      </>
    ),
  },
]

const tracksOf = (pane: PaneWidth) => messageColumns.flatMap(({ width }) => width[pane] ?? []).join(' ')

/** The tracks of each form of the grid, for the style sheet to choose from. */
export const columnTracks = Object.fromEntries(
  paneWidths.map((pane) => [`--columns-${pane}`, tracksOf(pane)]),
) as CSSProperties

const absentIn = ({ width }: MessageColumn): string =>
  classes(width.narrow === undefined && styles.notNarrow, width.narrowest === undefined && styles.notNarrowest)

/** A column as header and rows need it, worked out once. */
interface DrawnColumn extends MessageColumn {
  readonly headerClasses: string
  readonly cellClasses: string
}

export const drawnColumns: readonly DrawnColumn[] = messageColumns.map((column) => ({
  ...column,
  headerClasses: classes(column.headerClass, absentIn(column)),
  cellClasses: classes(column.cellClass, absentIn(column)),
}))
