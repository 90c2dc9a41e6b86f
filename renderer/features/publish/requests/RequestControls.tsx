import { ArrowLeftRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useConnection } from '../../../state/useConnection'
import { useProtocolVersion } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/fields'
import styles from './requests.module.css'
import { requestsState, timeoutOf } from './requestsState'

interface ControlsProps {
  /** Sends what stands in the composer as a request. */
  readonly onRequest: (timeoutMs: number) => void
}

/** How long a request waits for its answer and, where the message cannot say it, on which topic; and what sends it. */
export function RequestControls({ onRequest }: ControlsProps) {
  const t = useTranslations('requests')
  const { timeoutMs, responsePattern, changeTimeout, changePattern } = useConnection(requestsState, (state) => state)
  const online = useConnection(sessionState, selectIsOnline)
  const protocolVersion = useProtocolVersion()
  const timeout = timeoutOf(timeoutMs)
  return (
    <div className={styles.controls}>
      {protocolVersion === '5' ? null : (
        <div className={styles.pattern}>
          <TextField
            label={t('pattern')}
            title={t('patternHint')}
            value={responsePattern}
            mono
            onChange={changePattern}
          />
        </div>
      )}
      <div className={styles.timeout}>
        <TextField
          label={t('timeout')}
          title={t('timeoutHint')}
          value={timeoutMs}
          inputMode="numeric"
          mono
          error={timeout === null ? t('timeoutRange') : null}
          onChange={changeTimeout}
        />
      </div>
      <Button
        icon={<ArrowLeftRight size={14} aria-hidden />}
        disabled={!online || timeout === null}
        title={t('requestHint')}
        onClick={() => {
          if (timeout !== null) onRequest(timeout)
        }}
      >
        {t('request')}
      </Button>
    </div>
  )
}
