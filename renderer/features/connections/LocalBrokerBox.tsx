import { Play, Server, Square } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { CheckField } from '../../ui/fields'
import styles from './connections.module.css'
import { LocalBrokerAccessLine } from './LocalBrokerAccess'
import { LocalBrokerUseNote } from './LocalBrokerUseNote'

/** The broker inside the application: one click starts it and connects to it. */
export function LocalBrokerBox() {
  const t = useTranslations('connections')
  const errorText = useErrorText()
  const broker = useApp((state) => state.localBroker)
  const devices = useApp((state) => state.simulatedDevices)
  const setDevices = useApp((state) => state.setSimulatedDevices)
  const start = useApp((state) => state.startLocalBroker)
  const stop = useApp((state) => state.stopLocalBroker)
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
          <IconButton label={t('stopBroker')} icon={<Square size={12} />} onClick={() => void stop()} />
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
      <Button icon={<Play size={14} aria-hidden />} disabled={starting} onClick={() => void start()}>
        {t('startBroker')}
      </Button>
      {devicesField}
      <LocalBrokerAccessLine />
    </div>
  )
}
