import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SessionState } from '#shared/model/session'
import { createRateMeter } from '../model/rateMeter'
import { messagesState } from '../state/messages'
import { selectSessionState, sessionState } from '../state/session'
import { useConnection, useConnectionObject } from '../state/useConnection'
import { formatBytes, formatRate } from '../ui/format'
import { Tooltip } from '../ui/Tooltip'
import { VisibleName } from '../ui/VisibleText'
import { MemoryStatus } from './MemoryStatus'
import styles from './shell.module.css'

const windowMs = 3_000
const readEveryMs = 500

interface Rates {
  readonly messagesIn: number
  readonly messagesOut: number
  readonly bytesIn: number
  readonly bytesOut: number
}

const isSameRates = (one: Rates, other: Rates) =>
  one.messagesIn === other.messagesIn &&
  one.messagesOut === other.messagesOut &&
  one.bytesIn === other.bytesIn &&
  one.bytesOut === other.bytesOut

const noRates: Rates = { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 }

/** Read twice a second whatever comes: a rate that flickers cannot be read. */
const useRates = (): Rates => {
  const connection = useConnectionObject()
  const [rates, setRates] = useState(noRates)
  useEffect(() => {
    const meters = [0, 1, 2, 3].map(() => createRateMeter(windowMs))
    const read = () => {
      const totals = connection.get(messagesState).counters
      const at = performance.now()
      const [messagesIn = 0, messagesOut = 0, bytesIn = 0, bytesOut = 0] = [
        totals.received - totals.stored,
        totals.sent,
        totals.bytesIn,
        totals.bytesOut,
      ].map((total, index) => meters[index]?.read(total, at) ?? 0)
      const next = { messagesIn, messagesOut, bytesIn, bytesOut }
      setRates((before) => (isSameRates(before, next) ? before : next))
    }
    read()
    const timer = setInterval(read, readEveryMs)
    return () => clearInterval(timer)
  }, [connection])
  return rates
}

function OnlineFacts({ state }: { readonly state: SessionState & { phase: 'online' } }) {
  const t = useTranslations('app')
  return (
    <>
      <span className="mono">{state.address}</span>
      <span className={styles.statusClient}>
        {t('clientId')} <span className="mono selectable">{<VisibleName text={state.clientId} />}</span>
      </span>
      <span>{t('mqttVersion', { version: state.protocolVersion })}</span>
      {state.pingMilliseconds === null ? null : (
        <Tooltip text={t('pingTitle')}>
          <span>{t('ping', { milliseconds: state.pingMilliseconds.toFixed(1) })}</span>
        </Tooltip>
      )}
    </>
  )
}

export function StatusBar() {
  const t = useTranslations('app')
  const state = useConnection(sessionState, selectSessionState)
  const rates = useRates()
  return (
    <footer className={styles.statusBar} aria-label={t('statusBar')}>
      <span role="status" aria-label={t('connectionStatus')} className={styles.statusPhase} data-phase={state.phase}>
        {t(`status.${state.phase}`)}
      </span>
      {state.phase === 'online' ? <OnlineFacts state={state} /> : null}
      <span className={styles.statusGap} />
      <Tooltip text={`${formatBytes(Math.round(rates.bytesIn))}/s`}>
        <span className={styles.rate}>
          <ArrowDown size={12} aria-hidden /> {t('rateIn', { rate: formatRate(rates.messagesIn) })}
        </span>
      </Tooltip>
      <Tooltip text={`${formatBytes(Math.round(rates.bytesOut))}/s`}>
        <span className={styles.rate}>
          <ArrowUp size={12} aria-hidden /> {t('rateOut', { rate: formatRate(rates.messagesOut) })}
        </span>
      </Tooltip>
      <MemoryStatus />
    </footer>
  )
}
