import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import { connectionsState } from '../../state/connections'
import { dialogsState, selectDialog } from '../../state/dialogs'
import { profilesState } from '../../state/profiles'
import { isRecording, recordingsState } from '../../state/recordings'
import { selectIsOnline, sessionState } from '../../state/session'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CheckField, SelectField, TextField } from '../../ui/fields'
import { localInputOf } from '../../ui/localInput'
import styles from './recordings.module.css'
import { newReplayDraft, planOf, type ReplayDraft } from './replayDraft'

/** What of a recording is sent where, and how. */
export function ReplayDialog() {
  const asked = useApp(dialogsState, selectDialog('replay'))
  return asked ? <Form /> : null
}

type Change = (changed: Partial<ReplayDraft>) => void

interface PartProps {
  readonly draft: ReplayDraft
  readonly change: Change
}

function Form() {
  const t = useTranslations('recordings.replay')
  const errorText = useErrorText()
  const { sources, targets, first } = useEnds()
  const close = useApp(dialogsState, (state) => state.close)
  const startReplay = useApp(recordingsState, (state) => state.startReplay)
  const show = useApp(connectionsState, (state) => state.show)
  const [draft, setDraft] = useState(() => newReplayDraft(first))
  const [problem, setProblem] = useState<string | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  const change: Change = (changed) => {
    setDraft((before) => ({ ...before, ...changed }))
    setProblem(null)
    setIsAsking(false)
  }
  const target = targets.find(({ value }) => value === draft.connectionId)
  const start = async () => {
    const plan = planOf(draft)
    if (typeof plan === 'string') setProblem(t(`problems.${plan}`))
    else if (target?.isProduction === true && !isAsking) setIsAsking(true)
    else {
      const result = await startReplay(plan)
      if (!result.ok) {
        setProblem(errorText(result.error))
        return
      }
      show(draft.connectionId)
      close()
    }
  }
  return (
    <Dialog
      title={t('title')}
      size="broad"
      open
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button variant={isAsking ? 'danger' : 'primary'} disabled={!target} onClick={() => void start()}>
            {isAsking ? t('startAnyway') : t('start')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <SelectField
          label={t('source')}
          value={draft.sourceId}
          options={sources}
          onChange={(sourceId) => change({ sourceId })}
        />
        <SelectField
          label={t('target')}
          value={draft.connectionId}
          options={targets.length > 0 ? targets : [{ value: '', label: t('noTarget') }]}
          hint={targets.length > 0 ? undefined : t('noTargetHint')}
          onChange={(connectionId) => change({ connectionId })}
        />
        <PaceFields draft={draft} change={change} />
        <WhichFields draft={draft} change={change} />
        <HowFields draft={draft} change={change} />
      </div>
      {isAsking && target ? (
        <p role="alert" className={styles.asked}>
          {t('production', { name: target.label })}
        </p>
      ) : null}
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </Dialog>
  )
}

/** Recordings that are open, and connections that are online; the one that was asked for is chosen. */
const useEnds = () => {
  const app = useAppObject()
  const { id } = useConnectionObject()
  const opened = useApp(recordingsState, (state) => state.opened)
  const all = useApp(connectionsState, (state) => state.all)
  const entries = useApp(profilesState, (state) => state.entries)
  const option = ({ profile }: (typeof entries)[number]) => ({
    value: profile.id,
    label: visibleName(profile.name),
    isProduction: profile.production,
  })
  const isOnline = (one: string) => {
    const session = all.get(one)?.get(sessionState)
    return session !== undefined && selectIsOnline(session)
  }
  const sources = entries.filter(({ profile }) => opened.has(profile.id)).map(option)
  const targets = entries.filter(({ profile }) => profile.kind !== 'recording' && isOnline(profile.id)).map(option)
  const isSource = isRecording(app, id)
  return {
    sources,
    targets,
    first: {
      sourceId: isSource ? id : (sources.at(-1)?.value ?? ''),
      connectionId: isSource ? (targets[0]?.value ?? '') : id,
    },
  }
}

function PaceFields({ draft, change }: PartProps) {
  const t = useTranslations('recordings.replay')
  const kinds = ['recorded', 'fast', 'step'] as const
  return (
    <>
      <SelectField
        label={t('pace')}
        value={draft.pace}
        options={kinds.map((value) => ({ value, label: t(`paces.${value}`) }))}
        onChange={(pace) => change({ pace })}
      />
      <TextField
        label={t('factor')}
        value={draft.factor}
        disabled={draft.pace !== 'recorded'}
        inputMode="decimal"
        hint={t('factorHint')}
        onChange={(factor) => change({ factor })}
      />
    </>
  )
}

function WhichFields({ draft, change }: PartProps) {
  const t = useTranslations('recordings.replay')
  const recording = useApp(recordingsState, ({ opened }) => opened.get(draft.sourceId))
  const directions = ['all', 'in', 'out'] as const
  const range = {
    type: 'datetime-local',
    step: 1,
    ...(recording?.from == null ? {} : { min: localInputOf(recording.from) }),
    ...(recording?.to == null ? {} : { max: localInputOf(recording.to + 1_000) }),
  }
  return (
    <>
      <TextField label={t('from')} value={draft.from} onChange={(from) => change({ from })} {...range} />
      <TextField label={t('to')} value={draft.to} onChange={(to) => change({ to })} {...range} />
      <Lines
        label={t('include')}
        hint={t('includeHint')}
        value={draft.include}
        onChange={(include) => change({ include })}
      />
      <Lines
        label={t('exclude')}
        hint={t('excludeHint')}
        value={draft.exclude}
        onChange={(exclude) => change({ exclude })}
      />
      <SelectField
        label={t('direction')}
        value={draft.direction}
        options={directions.map((value) => ({ value, label: t(`directions.${value}`) }))}
        onChange={(direction) => change({ direction })}
      />
      <CheckField
        label={t('withoutEchoes')}
        hint={t('withoutEchoesHint')}
        checked={draft.withoutEchoes}
        onChange={(withoutEchoes) => change({ withoutEchoes })}
      />
    </>
  )
}

function HowFields({ draft, change }: PartProps) {
  const t = useTranslations('recordings.replay')
  const qosOptions = ['recorded', '0', '1', '2'] as const
  const retainOptions = ['recorded', 'yes', 'no'] as const
  return (
    <>
      <TextField
        label={t('prefix')}
        mono
        value={draft.prefix}
        hint={draft.prefix === '' ? t('noPrefixHint') : t('prefixHint', { example: `${draft.prefix}a/b` })}
        onChange={(prefix) => change({ prefix })}
      />
      <Lines
        label={t('rewrites')}
        hint={t('rewritesHint')}
        value={draft.rewrites}
        onChange={(rewrites) => change({ rewrites })}
      />
      <SelectField
        label={t('qos')}
        value={draft.qos}
        options={qosOptions.map((value) => ({ value, label: value === 'recorded' ? t('asRecorded') : value }))}
        onChange={(qos) => change({ qos })}
      />
      <SelectField
        label={t('retain')}
        value={draft.retain}
        options={retainOptions.map((value) => ({
          value,
          label: value === 'recorded' ? t('asRecorded') : t(`retains.${value}`),
        }))}
        onChange={(retain) => change({ retain })}
      />
      <div className={styles.whole}>
        <CheckField
          label={t('keepsProperties')}
          hint={t('keepsPropertiesHint')}
          checked={draft.keepsProperties}
          onChange={(keepsProperties) => change({ keepsProperties })}
        />
      </div>
    </>
  )
}

interface LinesProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Lines({ label, hint, value, onChange }: LinesProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className={styles.areaLabel}>
        {label}
      </label>
      <textarea
        id={id}
        className="mono"
        rows={2}
        spellCheck={false}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className={styles.hint}>
        {hint}
      </p>
    </div>
  )
}
