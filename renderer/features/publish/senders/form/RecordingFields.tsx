import { FileUp } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RecordingFacts } from '#shared/model/sender'
import type { AppError, Result } from '#shared/result'
import { useErrorText } from '../../../../i18n/useErrorText'
import { useAppObject } from '../../../../state/useApp'
import { Button } from '../../../../ui/Button'
import { useDurations } from '../../../../ui/durations'
import { formatCount } from '../../../../ui/format'
import { givenData, type TypedData } from '../plan/planForm'
import styles from '../senders.module.css'
import { DataFile } from './DataFile'
import type { FormProps } from './formProps'
import { useFileChoice } from './useFileChoice'
import { useProblemText } from './useProblemText'

/** The recording whose messages are sent, and what is in it. A plan without a name gets that of the file. */
export function RecordingFields({ form: { recording, name }, change, problems, tried }: FormProps) {
  const t = useTranslations('senders')
  const errorText = useErrorText()
  const textOf = useProblemText(tried)
  const id = useId()
  const [chooseError, setChooseError] = useState<string | null>(null)
  const { choose } = useFileChoice((file) =>
    change({ recording: { text: '', fileToken: file.token }, ...(name.trim() === '' && { name: file.name }) }),
  )
  const handleChoose = async () => {
    const error = await choose()
    setChooseError(error && error.code !== 'cancelled' ? errorText(error) : null)
  }
  const checked = useChecked(recording)
  const problem =
    textOf(problems.fields.recording) ?? chooseError ?? (checked?.ok === false ? errorText(checked.error) : null)
  return (
    <div className={styles.rows}>
      <div className={styles.rowsHead}>
        <label htmlFor={id}>{t('recording')}</label>
        <Button variant="quiet" icon={<FileUp size={14} aria-hidden />} onClick={() => void handleChoose()}>
          {t('rowsFile')}
        </Button>
      </div>
      {recording.fileToken === null ? (
        <textarea
          id={id}
          className={styles.rowsText}
          value={recording.text}
          rows={8}
          spellCheck={false}
          placeholder={t('recordingExample')}
          aria-invalid={problem ? true : undefined}
          onChange={({ target: { value } }) => change({ recording: { text: value, fileToken: null } })}
        />
      ) : (
        <DataFile token={recording.fileToken} onRemove={() => change({ recording: { text: '', fileToken: null } })} />
      )}
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      <p className={styles.hint}>{t('recordingHint')}</p>
      {checked?.ok ? <Facts facts={checked.value} /> : null}
    </div>
  )
}

/** How many messages there are, and of each line that is none why. */
function Facts({ facts }: { readonly facts: RecordingFacts }) {
  const t = useTranslations('senders')
  const errorText = useErrorText()
  const { interval } = useDurations()
  const { messages, lasts, unreadable, unreadableCount } = facts
  return (
    <div data-recorded={messages} data-unreadable={unreadableCount}>
      <p>{t('recorded', { count: messages, number: formatCount(messages), time: interval(lasts) })}</p>
      {unreadableCount === 0 ? null : (
        <>
          <p className={styles.problem}>
            {t('unreadable', { count: unreadableCount, number: formatCount(unreadableCount) })}
          </p>
          <ul aria-label={t('unreadableLines')} tabIndex={0} className={styles.unreadable}>
            {unreadable.map((error) => (
              <li key={lineOf(error)}>{errorText(error)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const lineOf = ({ values }: AppError) => String(values?.['line'])

/** A pause in typing after which what stands there is looked at. */
const pauseMs = 300

/** What main says of it; null = it is being read, or nothing was given. */
const useChecked = (recording: TypedData): Result<RecordingFacts> | null => {
  const { api } = useAppObject()
  const [checked, setChecked] = useState<{ readonly of: TypedData; readonly result: Result<RecordingFacts> } | null>(
    null,
  )
  useEffect(() => {
    const data = givenData(recording)
    if (!data) return
    let isOutdated = false
    const timer = setTimeout(() => {
      void api.invoke('recording.check', { data }).then((result) => {
        if (!isOutdated) setChecked({ of: recording, result })
      })
    }, pauseMs)
    return () => {
      isOutdated = true
      clearTimeout(timer)
    }
  }, [api, recording])
  return checked?.of === recording ? checked.result : null
}
