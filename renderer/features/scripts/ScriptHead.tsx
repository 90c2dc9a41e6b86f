import { Play, Repeat, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { scriptLimits, type Script } from '#shared/model/script'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { planFor } from '../../model/senderPlan'
import { dialogsState } from '../../state/dialogs'
import { noticesState } from '../../state/notices'
import { scriptsState, selectScriptRun } from '../../state/scripts'
import { selectIsOnline, sessionState } from '../../state/session'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useEntry } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { RunScriptDialog } from './RunScriptDialog'
import styles from './scripts.module.css'

/** What a script is called, for which messages it is called, and what can be done with it. */
export function ScriptHead({ script }: { readonly script: Script }) {
  const t = useTranslations('scripts')
  const filters = useTranslations('filterProblems')
  const put = useApp(scriptsState, (state) => state.put)
  const [perSecond, setPerSecond] = useState(String(script.perSecond))
  const problem = topicFilterProblem(script.filter)
  const changeRate = (typed: string) => {
    setPerSecond(typed)
    const rate = rateOf(typed)
    if (rate !== null) put({ ...script, perSecond: rate })
  }
  return (
    <div className={styles.head}>
      <TextField label={t('name')} value={script.name} onChange={(name) => put({ ...script, name })} />
      <TextField
        label={t('filter')}
        value={script.filter}
        mono
        error={problem ? filters(problem.code) : null}
        onChange={(filter) => put({ ...script, filter })}
      />
      <TextField
        label={t('perSecond')}
        value={perSecond}
        inputMode="numeric"
        mono
        error={rateOf(perSecond) === null ? t('perSecondRange') : null}
        onChange={changeRate}
      />
      <Verbs script={script} />
    </div>
  )
}

function Verbs({ script }: { readonly script: Script }) {
  const t = useTranslations('scripts')
  const app = useAppObject()
  const connection = useConnectionObject()
  const key = { connectionId: connection.id, scriptId: script.id }
  const isOnline = useConnection(sessionState, selectIsOnline)
  const run = useApp(scriptsState, selectScriptRun(connection.id, script.id))
  const isRunning = run !== undefined && run.phase !== 'off' && run.phase !== 'stopped'
  const scripts = app.get(scriptsState)
  const isProduction = useEntry()?.profile.production === true
  const [isAsked, ask] = useState(false)
  const start = () => void scripts.run(key)
  const send = () =>
    app.get(dialogsState).show(connection, {
      kind: 'sender',
      plan: planFor({ kind: 'script', scriptId: script.id }, { name: script.name }),
    })
  const remove = () => {
    scripts.remove(script.id)
    app.get(noticesState).show({
      text: { key: 'scripts.removed' },
      action: { label: { key: 'publish.undo' }, run: () => scripts.put(script) },
    })
  }
  return (
    <div className={styles.verbs}>
      {isRunning ? (
        <Button icon={<Square size={14} aria-hidden />} onClick={() => scripts.stop(key)}>
          {t('stop')}
        </Button>
      ) : null}
      {!isRunning || run.isChanged ? (
        <Button
          variant="primary"
          icon={<Play size={14} aria-hidden />}
          disabled={!isOnline || topicFilterProblem(script.filter) !== null}
          title={isOnline ? t('runHint') : t('runOffline')}
          // Where others depend on the connection, a person is asked first.
          onClick={isProduction ? () => ask(true) : start}
        >
          {t(isRunning ? 'restart' : 'run')}
        </Button>
      ) : null}
      <IconButton label={t('send')} icon={<Repeat size={14} />} onClick={send} />
      <IconButton label={t('remove')} icon={<Trash2 size={14} />} onClick={remove} />
      {isAsked ? <RunScriptDialog script={script} onConfirm={start} onClose={() => ask(false)} /> : null}
    </div>
  )
}

/** Whole messages a second within the limits, or null. */
const rateOf = (typed: string): number | null => {
  const value = Number(typed)
  const { least, most } = scriptLimits.perSecond
  return /^\d+$/.test(typed.trim()) && value >= least && value <= most ? value : null
}
