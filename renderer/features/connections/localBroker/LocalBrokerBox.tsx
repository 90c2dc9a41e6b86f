import { Server } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ActionButton } from '../../../actions/ActionButton'
import { useErrorText } from '../../../i18n/useErrorText'
import { localBrokerState } from '../../../state/localBroker'
import { useApp, useAppObject } from '../../../state/useApp'
import { CheckField } from '../../../ui/fields'
import styles from './localBroker.module.css'
import { LocalBrokerAccessLine } from './LocalBrokerAccess'
import { LocalBrokerUseNote } from './LocalBrokerUseNote'

/** The local broker: one click starts it and connects to it. */
export function LocalBrokerBox() {
  const t = useTranslations('connections')
  const errorText = useErrorText()
  const broker = useApp(localBrokerState, (state) => state.broker)
  const devices = useApp(localBrokerState, (state) => state.simulatedDevices)
  const setDevices = useApp(localBrokerState, (state) => state.setSimulatedDevices)
  const app = useAppObject()
  const starting = broker.phase === 'starting'
  const devicesField = (
    <CheckField
      label={t('simulatedDevices')}
      checked={devices}
      disabled={starting}
      onChange={(simulated) => void setDevices(simulated)}
    />
  )
  if (broker.phase === 'running')
    return (
      <div className={styles.broker}>
        <div className={styles.brokerRunning}>
          <Server size={14} aria-hidden />
          <span className={styles.brokerText}>{t('brokerRuns', { port: String(broker.port) })}</span>
          <ActionButton id="localBroker.stop" on="window" subject={app} iconSize={12} />
        </div>
        <LocalBrokerUseNote />
        {devicesField}
        <LocalBrokerAccessLine />
      </div>
    )
  return (
    <div className={styles.broker}>
      {broker.phase === 'failed' ? (
        <p role="alert" className={styles.problem}>
          {errorText(broker.error)}
        </p>
      ) : null}
      <ActionButton id="localBroker.start" on="window" subject={app} variant="plain" />
      {devicesField}
      <LocalBrokerAccessLine />
    </div>
  )
}
