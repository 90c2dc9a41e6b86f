import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { ConnectionFacts } from '../features/connections/bar/ConnectionFacts'
import { DiskHistoryFact } from '../features/connections/bar/DiskHistoryFact'
import { RunningSenders } from '../features/publish/senders/RunningSenders'
import { RecorderMark } from '../features/recordings/RecorderMark'
import { RecordingFacts } from '../features/recordings/RecordingFacts'
import { messagesState, type MessagesState } from '../state/messages'
import { selectSessionState, sessionState } from '../state/session'
import { useConnection } from '../state/useConnection'
import { useEntry } from '../state/useEntry'
import { useRates, type RatePace } from '../state/useRates'
import { formatBytes, formatRate } from '../ui/format'
import { Tooltip } from '../ui/Tooltip'
import { MemoryStatus } from './MemoryStatus'
import styles from './shell.module.css'

/** The truth of the connection; what is zero or absent is not said. */
export function StatusBar({ hasMemory }: { readonly hasMemory: boolean }) {
  const t = useTranslations('app')
  const state = useConnection(sessionState, selectSessionState)
  const isRecording = useEntry()?.profile.kind === 'recording'
  return (
    <footer className={styles.statusBar} aria-label={t('statusBar')}>
      {isRecording ? (
        <RecordingFacts />
      ) : (
        <>
          <span
            role="status"
            aria-label={t('connectionStatus')}
            className={styles.statusPhase}
            data-phase={state.phase}
          >
            {t(`status.${state.phase}`)}
          </span>
          <ConnectionFacts />
          <DiskHistoryFact />
        </>
      )}
      <span className={styles.statusGap} />
      <RecorderMark />
      <RunningSenders />
      {isRecording ? null : <Throughput />}
      {hasMemory ? <MemoryStatus /> : null}
    </footer>
  )
}

/** Read twice a second whatever comes: a rate that flickers cannot be read. */
const pace: RatePace = { windowMs: 3_000, everyMs: 500 }

type Totals = Readonly<Record<'messagesIn' | 'messagesOut' | 'bytesIn' | 'bytesOut', number>>

/** Without stored messages: those come because we subscribed, and say nothing of how often something is published. */
const totalsOf = ({ counters: { received, stored, sent, bytesIn, bytesOut } }: MessagesState): Totals => ({
  messagesIn: received - stored,
  messagesOut: sent,
  bytesIn,
  bytesOut,
})

function Throughput() {
  const { rates } = useRates(messagesState, totalsOf, pace)
  const perSecond = (name: keyof Totals) => rates.get(name)?.perSecond ?? 0
  return (
    <>
      <RateText way="rateIn" messages={perSecond('messagesIn')} bytes={perSecond('bytesIn')} />
      <RateText way="rateOut" messages={perSecond('messagesOut')} bytes={perSecond('bytesOut')} />
    </>
  )
}

interface RateTextProps {
  readonly way: 'rateIn' | 'rateOut'
  /** A second. */
  readonly messages: number
  readonly bytes: number
}

/** Not drawn again while the rates stay. */
const RateText = memo(function RateText({ way, messages, bytes }: RateTextProps) {
  const t = useTranslations('app')
  if (messages === 0) return null
  const Arrow = way === 'rateIn' ? ArrowDown : ArrowUp
  return (
    <Tooltip text={`${formatBytes(Math.round(bytes))}/s`}>
      <span className={styles.rate}>
        <Arrow size={12} aria-hidden /> {t(way, { rate: formatRate(messages) })}
      </span>
    </Tooltip>
  )
})
