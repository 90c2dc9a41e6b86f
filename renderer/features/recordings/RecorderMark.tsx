import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { recordingsState } from '../../state/recordings'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { formatBytes, formatCount } from '../../ui/format'
import { visibleName } from '#shared/text/visibleText'
import styles from './recordings.module.css'

/** Stands for as long as the connection is recorded: how much, what is missing, and the way to end it. */
export function RecorderMark() {
  const t = useTranslations('recordings')
  const errorText = useErrorText()
  const { id } = useConnectionObject()
  const recorder = useApp(recordingsState, ({ recorders }) => recorders.get(id))
  const stop = useApp(recordingsState, (state) => state.stopRecording)
  if (!recorder) return null
  const { file, messages, bytes, missed, trouble } = recorder
  return (
    <span className={styles.recorder} data-recorder data-trouble={trouble !== null} title={visibleName(file)}>
      <span className={styles.dot} aria-hidden />
      <span>{t('recording', { number: formatCount(messages), size: formatBytes(bytes) })}</span>
      {missed > 0 ? <span>{t('missed', { number: formatCount(missed) })}</span> : null}
      {trouble ? <span role="alert">{errorText(trouble)}</span> : null}
      <Button variant="quiet" onClick={() => stop(id)}>
        {t('stopShort')}
      </Button>
    </span>
  )
}
