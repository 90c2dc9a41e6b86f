import { useTranslations } from 'use-intl'
import { shortVisible } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import type { ExportRun } from '../../state/exportPlan'
import styles from './messageExport.module.css'

interface ExportStatusProps {
  readonly run: ExportRun | null
  /** How many messages are meant; null = it is not known. */
  readonly meant: number | null
  /** They are read from a file, and counted while they are written. */
  readonly isFile: boolean
}

/** How many messages are meant, how far the export is, and what became of it: beside the buttons. */
export function ExportStatus({ run, meant, isFile }: ExportStatusProps) {
  const t = useTranslations('messageExport')
  const errorText = useErrorText()
  if (!run) return <Meant meant={meant} isFile={isFile} />
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

function Meant({ meant, isFile }: Omit<ExportStatusProps, 'run'>) {
  const t = useTranslations('messageExport')
  const unknown = isFile ? t('countedWhile') : t('counting')
  const said = meant === null ? unknown : meant === 0 ? t('noMessages') : t('count', { messages: meant })
  return (
    <p className={styles.status} data-meant={meant ?? undefined}>
      {said}
    </p>
  )
}
