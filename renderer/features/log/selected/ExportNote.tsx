import { useTranslations } from 'use-intl'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatCount } from '../../../ui/format'
import styles from '../log.module.css'
import { exportState } from './exportState'

/** How far an export is, and the way to end it: of many messages it takes seconds. */
export function ExportNote() {
  const t = useTranslations('log.export')
  const running = useConnection(exportState, (state) => state.running)
  const cancel = useConnection(exportState, (state) => state.cancel)
  if (!running) return null
  return (
    <span className={styles.cleared} data-exported={running.done}>
      {t('running', { done: formatCount(running.done), total: formatCount(running.total) })}
      <Button variant="quiet" onClick={cancel}>
        {t('cancel')}
      </Button>
    </span>
  )
}
