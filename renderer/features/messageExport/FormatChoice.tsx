import { useTranslations } from 'use-intl'
import { exportFormats, type ExportFormat } from '#shared/recording/exportFormat'
import styles from './messageExport.module.css'

interface FormatChoiceProps {
  readonly format: ExportFormat
  readonly disabled: boolean
  readonly onChange: (format: ExportFormat) => void
}

/** What kind of file is written. */
export function FormatChoice({ format: chosen, disabled, onChange }: FormatChoiceProps) {
  const t = useTranslations('messageExport.format')
  return (
    <fieldset className={styles.choice} disabled={disabled}>
      <legend>{t('label')}</legend>
      {exportFormats.map((format) => (
        <label key={format}>
          <input type="radio" name="exported-format" checked={format === chosen} onChange={() => onChange(format)} />
          {t(format)}
        </label>
      ))}
    </fieldset>
  )
}
