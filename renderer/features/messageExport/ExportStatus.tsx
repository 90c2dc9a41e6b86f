import { useTranslations } from 'use-intl'
import { shortVisible } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import type { Looked } from '../../model/logExport/exportThread'
import type { ExportRun } from '../../state/messageExport'
import styles from './messageExport.module.css'

interface ExportStatusProps {
  readonly run: ExportRun | null
  /** Null = it is not known how many are meant. */
  readonly looked: Looked | null
}

/** How many messages are meant, how far the export is, and what became of it: beside the buttons. */
export function ExportStatus({ run, looked }: ExportStatusProps) {
  const t = useTranslations('messageExport')
  const errorText = useErrorText()
  if (!run) return <Meant looked={looked} />
  const values = { messages: run.written }
  switch (run.phase) {
    case 'running':
      return (
        <div className={styles.status} data-export="running">
          <progress value={run.looked} max={Math.max(1, run.rows)} aria-label={t('title')} />
          <span>{t('running', values)}</span>
        </div>
      )
    case 'done':
      return (
        <p className={styles.status} role="status" data-export="done" data-exported={run.written}>
          {t('done', { ...values, heads: run.heads })}{' '}
          <span className={styles.path}>{shortVisible(run.path, 200)}</span>
        </p>
      )
    case 'cancelled':
      return (
        <p className={styles.status} role="status" data-export="cancelled">
          {t('cancelled', values)}
        </p>
      )
    case 'failed':
      return (
        <p className={styles.problem} role="alert" data-export="failed">
          {t('failed', { ...values, error: errorText(run.error) })}
        </p>
      )
  }
}

function Meant({ looked }: Pick<ExportStatusProps, 'looked'>) {
  const t = useTranslations('messageExport')
  const said = !looked ? t('counting') : looked.count === 0 ? t('noMessages') : t('count', { messages: looked.count })
  return (
    <p className={styles.status} data-meant={looked?.count}>
      {said}
    </p>
  )
}
