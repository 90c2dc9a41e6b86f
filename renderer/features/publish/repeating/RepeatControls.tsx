import { type MessageProblems } from '#shared/model/composing'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ActionButton } from '../../../actions/ActionButton'
import { sendersState } from '../../../state/senders'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/fields'
import { useShownDraft } from '../drafts/useShownDraft'
import styles from '../publish.module.css'
import { publishState } from '../publishState'
import { intervalOf } from './interval'
import { useShownSeries } from './useShownSeries'

interface RepeatControlsProps {
  /** Called with what is wrong with the draft. */
  readonly onProblems: (problems: MessageProblems | null) => void
}

/** Sends the draft again and again until it is stopped. */
export function RepeatControls({ onProblems }: RepeatControlsProps) {
  const t = useTranslations('publish.repeat')
  const draft = useShownDraft()
  const connection = useConnectionObject()
  const online = useConnection(sessionState, selectIsOnline)
  const series = useShownSeries()
  const stop = useApp(sendersState, (state) => state.stop)
  const changeEvery = useConnection(publishState, (state) => state.changeEvery)
  const repeatDraft = useConnection(publishState, (state) => state.repeatDraft)
  const [triedFor, setTriedFor] = useState<string | null>(null)
  const intervalMs = intervalOf(draft.everyMs)
  const isWrong = intervalMs === null && (draft.everyMs.trim() !== '' || triedFor === draft.id)
  const isRunning = series?.end === null

  const start = () => {
    setTriedFor(draft.id)
    if (intervalMs !== null) onProblems(repeatDraft(intervalMs))
  }
  return (
    <div className={styles.repeat}>
      <div className={styles.every}>
        <TextField
          label={t('every')}
          value={draft.everyMs}
          inputMode="numeric"
          mono
          disabled={isRunning}
          error={isWrong ? t('range') : null}
          onChange={changeEvery}
        />
      </div>
      {isRunning ? (
        <Button onClick={() => stop(series)}>{t('stop')}</Button>
      ) : (
        <Button disabled={!online} title={t('startHint')} onClick={start}>
          {t('start')}
        </Button>
      )}
      <ActionButton id="draft.asSender" on="connection" subject={connection} variant="quiet" />
    </div>
  )
}
