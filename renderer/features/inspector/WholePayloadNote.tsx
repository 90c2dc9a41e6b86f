import { useTranslations } from 'use-intl'
import { payloadHeadBytes } from '#shared/model/frame'
import { useErrorText } from '../../i18n/useErrorText'
import type { WholePayload } from '../../store/payloadSlice'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { formatBytes } from '../../ui/format'
import styles from './inspector.module.css'

const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)

/** How reading the rest of a large payload stands, and what can be done about it. */
export function WholePayloadNote({ whole }: { readonly whole: WholePayload }) {
  const t = useTranslations('inspector.whole')
  const errorText = useErrorText()
  const openPayload = useApp((state) => state.openPayload)
  const cancelPayload = useApp((state) => state.cancelPayload)
  const head = formatBytes(payloadHeadBytes)
  const { connectionId, sequence, totalBytes, phase } = whole
  if (phase === 'whole') return null
  if (phase === 'loading') {
    const values = { loaded: megabytes(whole.loadedBytes), total: megabytes(totalBytes) }
    return (
      <div className={styles.whole}>
        <progress max={totalBytes} value={whole.loadedBytes} aria-label={t('reading')} />
        <span>{t('progress', values)}</span>
        <Button onClick={cancelPayload}>{t('cancel')}</Button>
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
        <Button onClick={() => openPayload(connectionId, { sequence, payloadBytes: totalBytes })}>{t('read')}</Button>
      )}
    </div>
  )
}
