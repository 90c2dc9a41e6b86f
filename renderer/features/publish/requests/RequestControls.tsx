import { useTranslations } from 'use-intl'
import { useConnection } from '../../../state/useConnection'
import { useProtocolVersion } from '../../../state/useEntry'
import { TextField } from '../../../ui/fields'
import styles from './requests.module.css'
import { requestsState, timeoutOf } from './requestsState'

/** How long a request waits for its answer and, where the message cannot say it, on which topic. */
export function RequestControls() {
  const t = useTranslations('requests')
  const { timeoutMs, responsePattern, changeTimeout, changePattern } = useConnection(requestsState, (state) => state)
  const protocolVersion = useProtocolVersion()
  return (
    <div className={styles.controls}>
      <div className={styles.timeout}>
        <TextField
          label={t('timeout')}
          title={t('timeoutHint')}
          value={timeoutMs}
          inputMode="numeric"
          mono
          error={timeoutOf(timeoutMs) === null ? t('timeoutRange') : null}
          onChange={changeTimeout}
        />
      </div>
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
    </div>
  )
}
