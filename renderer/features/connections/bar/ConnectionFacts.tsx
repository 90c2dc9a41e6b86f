import { useTranslations } from 'use-intl'
import type { SessionPhase } from '#shared/model/session'
import { visibleText } from '#shared/text/visibleText'
import { localBrokerState } from '../../../state/localBroker'
import { selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Tooltip } from '../../../ui/Tooltip'
import { VisibleName } from '../../../ui/VisibleText'
import { addressOf } from '../connectionFacts'
import styles from './bar.module.css'
import { ServerSupport } from './ServerSupport'

/** What the connection in view is at the moment, in one line: where to, as whom, what was agreed on. */
export function ConnectionFacts() {
  const state = useConnection(sessionState, selectSessionState)
  return (
    <>
      <Address />
      {state.phase === 'online' ? <OnlineFacts state={state} /> : null}
    </>
  )
}

function Address() {
  const entry = useEntry()
  const localPort = useApp(localBrokerState, ({ broker }) => (broker.phase === 'running' ? broker.port : null))
  return entry ? (
    <span className={styles.address}>
      <VisibleName text={addressOf(entry.profile, localPort)} />
    </span>
  ) : null
}

function OnlineFacts({ state }: { readonly state: SessionPhase & { phase: 'online' } }) {
  const t = useTranslations('connections')
  return (
    <>
      <span className={styles.clientId}>
        {t('facts.clientId')} <span className="mono selectable">{<VisibleName text={state.clientId} />}</span>
      </span>
      <span className={styles.fact}>{t('facts.mqttVersion', { version: state.protocolVersion })}</span>
      {state.proxy === null ? null : (
        <span className={styles.fact}>{t('facts.proxy', { proxy: visibleText(state.proxy) })}</span>
      )}
      {state.tls ? <span className={styles.fact}>{state.tls.version.replace('TLSv', 'TLS ')}</span> : null}
      <SessionNote state={state} />
      <ServerSupport state={state} />
      {state.pingMilliseconds === null ? null : (
        <Tooltip text={t('facts.pingTitle')}>
          <span className={styles.fact}>{t('facts.ping', { milliseconds: state.pingMilliseconds.toFixed(1) })}</span>
        </Tooltip>
      )}
    </>
  )
}

const sessionWords = {
  resumed: ['sessionResumed', 'sessionResumedHint'],
  none: ['sessionNew', 'sessionNewHint'],
  begunAnew: ['sessionNew', 'sessionAnewHint'],
  keptAnyway: ['sessionKept', 'sessionKeptHint'],
  notSaid: ['sessionUnknown', 'sessionUnknownHint'],
} as const

/** Whether the broker still knew this client (MQTT 5 §3.2.2.1.1): with it, what was missed comes in. */
function SessionNote({ state }: { readonly state: SessionPhase & { phase: 'online' } }) {
  const t = useTranslations('connections')
  const [words, hint] = sessionWords[state.session]
  return (
    <span className={styles.fact} title={t(hint)}>
      {t(words)}
    </span>
  )
}
