import { useTranslations } from 'use-intl'
import { payloadHeadBytes } from '#shared/model/frame'
import { useErrorText } from '../../../i18n/useErrorText'
import { largePayloadState, type WholePayload } from '../../../state/largePayload'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatBytes } from '../../../ui/format'
import styles from '../inspector.module.css'

/** How reading the rest of a large payload stands, and what can be done about it. */
export function WholePayloadNote({ whole }: { readonly whole: WholePayload }) {
  const t = useTranslations('inspector.whole')
  const errorText = useErrorText()
  const open = useConnection(largePayloadState, (state) => state.open)
  const cancel = useConnection(largePayloadState, (state) => state.cancel)
  const head = formatBytes(payloadHeadBytes)
  const { sequence, totalBytes, phase } = whole
  if (phase === 'whole') return null
  if (phase === 'loading') {
    const values = { loaded: megabytes(whole.loadedBytes), total: megabytes(totalBytes) }
    return (
      <div className={styles.whole}>
        <progress max={totalBytes} value={whole.loadedBytes} aria-label={t('reading')} />
        <span>{t('progress', values)}</span>
        <Button onClick={cancel}>{t('cancel')}</Button>
      </div>
    )
  }
  return (
    <div className={styles.whole} role="status">
      <span>
        {t(phase, { head })}
        {phase === 'failed' ? ` ${errorText(whole.error)}` : null}
      </span>
      {phase === 'gone' ? null : (
        <Button onClick={() => open({ sequence, payloadBytes: totalBytes })}>{t('read')}</Button>
      )}
    </div>
  )
}

const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)
