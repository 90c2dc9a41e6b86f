import { useTranslations } from 'use-intl'
import { parseTemplate } from '#shared/recording/writers/messageTemplate'
import { canHoldDecoded } from '#shared/recording/exportFormat'
import type { Looked } from '../../model/logExport/exportThread'
import { CheckField, TextField } from '../../ui/fields'
import { VisibleText } from '../../ui/VisibleText'
import { planOf, type ExportDraft } from './exportDraft'
import styles from './messageExport.module.css'
import { previewOf } from './previewText'

interface FormatOptionsProps {
  readonly draft: ExportDraft
  readonly looked: Looked | null
  /** Whether what payloads are decoded to is at hand. */
  readonly isDecodable: boolean
  readonly disabled: boolean
  readonly onChange: (part: Partial<ExportDraft>) => void
}

/** What the kind of file is for, what can be said of it, and the first message as it will stand there. */
export function FormatOptions({ draft, looked, isDecodable, disabled, onChange }: FormatOptionsProps) {
  const t = useTranslations('messageExport')
  const { format, template } = draft
  return (
    <div className={styles.options}>
      <p className={styles.about}>{t(`about.${format}`)}</p>
      {format === 'template' ? (
        <TemplateField
          template={template}
          disabled={disabled}
          onChange={(changed) => onChange({ template: changed })}
        />
      ) : null}
      {canHoldDecoded(format) ? (
        <CheckField
          label={t('decoded')}
          checked={draft.decoded && isDecodable}
          disabled={disabled || !isDecodable}
          hint={isDecodable ? undefined : t('notDecoded')}
          onChange={(decoded) => onChange({ decoded })}
        />
      ) : null}
      <FirstMessage draft={draft} looked={looked} />
    </div>
  )
}

interface TemplateFieldProps {
  readonly template: string
  readonly disabled: boolean
  readonly onChange: (template: string) => void
}

function TemplateField({ template, disabled, onChange }: TemplateFieldProps) {
  const t = useTranslations('messageExport')
  const parsed = parseTemplate(template)
  const problem = parsed.ok ? null : t('templateProblem', { code: parsed.code, position: parsed.position + 1 })
  return (
    <TextField label={t('template')} mono value={template} disabled={disabled} error={problem} onChange={onChange} />
  )
}

function FirstMessage({ draft, looked }: Pick<FormatOptionsProps, 'draft' | 'looked'>) {
  const t = useTranslations('messageExport')
  const plan = planOf(draft)
  const preview = plan && looked?.first ? previewOf(looked.first, plan) : null
  if (!preview) return null
  return (
    <section className={styles.preview} aria-label={t('preview')}>
      <h3>{t('preview')}</h3>
      <pre tabIndex={0}>
        <VisibleText text={preview.text} />
      </pre>
      {preview.isCut ? <p className={styles.about}>{t('previewCut')}</p> : null}
    </section>
  )
}
