import { CircleSlash, FileClock, Plug, RotateCw, Rss, Unplug, Zap } from 'lucide-react'
import { memo } from 'react'
import type { SessionEvent } from '../../../model/sessionEvents'
import { useMainClock } from '../../../state/useApp'
import { formatClock, formatIso } from '../../../ui/format'
import styles from './events.module.css'
import { useEventWords } from './useEventWords'

const icons = {
  online: Plug,
  lost: Zap,
  failed: RotateCw,
  disconnected: Unplug,
  granted: Rss,
  refused: CircleSlash,
  recorded: FileClock,
} as const

const isBad: ReadonlySet<string> = new Set(['lost', 'failed', 'refused'])

/**
 * What became of the connection at this place. It is no row of the grid: these are messages, and their number stays the
 * number of messages.
 */
export const EventRow = memo(function EventRow({ event: { at, news } }: { readonly event: SessionEvent }) {
  const clock = useMainClock()
  const text = useEventWords()(news)
  const Icon = icons[news.kind]
  const time = clock.wallTimeOf(at)
  return (
    <div role="presentation" className={styles.row} data-event={news.kind} data-bad={isBad.has(news.kind)} title={text}>
      <time className={styles.time} dateTime={formatIso(time)}>
        {formatClock(time)}
      </time>
      <Icon size={12} aria-hidden />
      <span className={styles.text}>{text}</span>
    </div>
  )
})
