import { useTranslations } from 'use-intl'
import { messageExportState } from '../../../state/messageExport'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import styles from '../log.module.css'

/** How far an export is, and the way to end it: of many messages it takes seconds, and its dialog may be closed. */
export function ExportNote() {
  const t = useTranslations('messageExport')
  const run = useConnection(messageExportState, (state) => state.run)
  const cancel = useConnection(messageExportState, (state) => state.cancel)
  if (run?.phase !== 'running') return null
  return (
    <span className={styles.cleared} data-exported={run.written}>
      {t('note', { messages: run.written })}
      <Button variant="quiet" onClick={cancel}>
        {t('cancel')}
      </Button>
    </span>
  )
}
