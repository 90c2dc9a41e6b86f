import { FlaskConical } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Script, ScriptInput } from '#shared/model/script'
import { useErrorText } from '../../../i18n/useErrorText'
import { largePayloadState, selectPayload } from '../../../state/largePayload'
import { selectionState, type SelectionState } from '../../../state/selection'
import { useAppObject } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { CheckField, TextField } from '../../../ui/fields'
import styles from '../scripts.module.css'
import { scriptsViewState } from '../scriptsView'
import { callsOf, loggedInput, trialProblems, typedInput } from './trial'
import { TriedMessages } from './TriedMessages'

interface TryProps {
  readonly script: Script
  /** Goes to a place of the text. */
  readonly goTo: (line: number, column: number) => void
}

/** Calls the script with a message that is typed here, or is selected in the log, and shows what it makes; nothing is sent. */
export function TryPart({ script, goTo }: TryProps) {
  const t = useTranslations('scripts')
  const filters = useTranslations('filterProblems')
  const { trial, changeTrial } = useConnection(scriptsViewState, (state) => state)
  const tryWith = useTry(script)
  const selected = useSelectedInput()
  const problems = trialProblems(trial)
  const isWrong = problems.topic !== null || problems.payload !== null || problems.calls !== null
  return (
    <div role="group" aria-label={t('try')} className={styles.try}>
      <div className={styles.tryHead}>
        <TextField
          label={t('topic')}
          value={trial.topic}
          mono
          error={problems.topic && trial.topic !== '' ? filters(problems.topic.code) : null}
          onChange={(topic) => changeTrial({ topic })}
        />
        <TextField
          label={t('calls')}
          value={trial.calls}
          inputMode="numeric"
          mono
          error={problems.calls ? t('callsRange') : null}
          onChange={(calls) => changeTrial({ calls })}
        />
      </div>
      <TextField
        label={t('payload')}
        value={trial.payload}
        mono
        error={problems.payload ? t('hexExpected') : null}
        onChange={(payload) => changeTrial({ payload })}
      />
      <div className={styles.tryVerbs}>
        <CheckField label={t('isHex')} checked={trial.isHex} onChange={(isHex) => changeTrial({ isHex })} />
        <span className={styles.gap} />
        <Button disabled={!selected} title={t('trySelectedHint')} onClick={() => selected && tryWith(selected)}>
          {t('trySelected')}
        </Button>
        <Button
          variant="primary"
          icon={<FlaskConical size={14} aria-hidden />}
          disabled={isWrong}
          onClick={() => tryWith(typedInput(trial))}
        >
          {t('tryTyped')}
        </Button>
      </div>
      <Outcome goTo={goTo} />
    </div>
  )
}

function Outcome({ goTo }: Pick<TryProps, 'goTo'>) {
  const t = useTranslations('scripts')
  const errorText = useErrorText()
  const { tried, error } = useConnection(scriptsViewState, (state) => state.trial)
  const failure = error ?? tried?.error ?? null
  const line = Number(failure?.values?.['line'])
  return (
    <div className={styles.outcome} aria-live="polite">
      {failure ? (
        <p className={styles.problem}>
          {errorText(failure)}{' '}
          {line > 0 ? (
            <Button variant="quiet" onClick={() => goTo(line, Number(failure.values?.['column']))}>
              {t('goTo', { line })}
            </Button>
          ) : null}
        </p>
      ) : null}
      {tried ? <TriedMessages tried={tried} /> : <p className={styles.hint}>{t('tryHint')}</p>}
    </div>
  )
}

const useTry = ({ text }: Script) => {
  const app = useAppObject()
  const connection = useConnectionObject()
  return (input: ScriptInput) => {
    const { trial, changeTrial } = connection.get(scriptsViewState)
    const calls = callsOf(trial.calls) ?? 1
    void app.api.invoke('script.try', { text, input, connectionId: connection.id, calls }).then((tried) => {
      changeTrial(tried.ok ? { tried: tried.value, error: null } : { tried: null, error: tried.error })
    })
  }
}

const selectSequence = ({ selection }: SelectionState) => (selection?.kind === 'message' ? selection.sequence : null)

/** The message that is selected in the log, if all of it is here. */
const useSelectedInput = (): ScriptInput | null => {
  const connection = useConnectionObject()
  const sequence = useConnection(selectionState, selectSequence)
  const message = sequence === null ? null : connection.model.log.messageOf(sequence)
  const payload = message ? selectPayload(message)(connection.get(largePayloadState)) : null
  return message && payload ? loggedInput(message, payload) : null
}
