import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { FilterProblemNote } from '../../mqttUi/FilterProblemNote'
import { markedProblem } from '../../mqttUi/markedProblem'
import { TextField } from '../../ui/fields'
import { choiceKinds, type ExportDraft } from './exportDraft'
import styles from './messageExport.module.css'

interface MessagesChoiceProps {
  readonly draft: ExportDraft
  /** Of a recording all is its file, and not what the log has of it. */
  readonly isRecording: boolean
  readonly disabled: boolean
  readonly onChange: (part: Partial<ExportDraft>) => void
}

/** Which messages are written. */
export function MessagesChoice({ draft, isRecording, disabled, onChange }: MessagesChoiceProps) {
  const t = useTranslations('messageExport')
  const problem = draft.kind === 'topics' ? markedProblem(draft.filter) : null
  return (
    <fieldset className={styles.choice} disabled={disabled}>
      <legend>{t('what.label')}</legend>
      {choiceKinds.map((kind) => (
        <Fragment key={kind}>
          <label>
            <input
              type="radio"
              name="exported-messages"
              checked={draft.kind === kind}
              disabled={kind === 'chosen' && !draft.chosen}
              onChange={() => onChange({ kind })}
            />
            {t(isRecording && kind === 'all' ? 'what.recording' : `what.${kind}`)}
          </label>
          {kind === 'topics' && draft.kind === 'topics' ? (
            <div className={styles.under}>
              <TextField
                label={t('filter')}
                hideLabel
                mono
                value={draft.filter}
                aria-invalid={problem !== null}
                onChange={(filter) => onChange({ filter })}
              />
              {problem ? (
                <FilterProblemNote id="exported-filter-problem" marked={problem} isHint={problem.unfinished} />
              ) : null}
            </div>
          ) : null}
        </Fragment>
      ))}
    </fieldset>
  )
}
