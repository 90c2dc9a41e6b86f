import type { ProfileId } from '#shared/model/profile'
import type { MadeMessage } from '#shared/model/publish'
import {
  scriptLimits,
  type Script,
  type ScriptKey,
  type ScriptStatus,
  type ScriptTried,
  type ScriptTry,
} from '#shared/model/script'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { fail, ok, type Result } from '#shared/result'
import type { ResponderSession } from '../responder/responder'
import { toldSoon } from '../senders/toldSoon'
import { computerClock, type SenderClock } from '../senders/schedule/senderClock'
import type { EntryListStore } from '../storage/entryListStore'
import { createScriptCauses } from './scriptCauses'
import { createScriptRun, type ScriptRun } from './scriptRun'
import { outputsOf } from './scriptOutputs'
import { openScriptThread, type ScriptThread } from './scriptThread'

export interface ScriptRegistryParts {
  readonly sessions: { readonly get: (id: ProfileId) => ResponderSession | undefined }
  readonly store: Pick<EntryListStore<Script>, 'current' | 'save'>
  readonly nameOf: (id: ProfileId) => string
  /** Called with what a script does, some times a second. */
  readonly onChange: (status: ScriptStatus) => void
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
}

/** The scripts, and those that run on connections. */
export interface ScriptRegistry {
  /** All scripts. One that runs, or is about to, and was removed is stopped; one that was changed goes on as it was when it started. */
  save(scripts: readonly Script[]): Promise<Result<null>>
  /** Calls a script and sends nothing. Fails only with `tooManyScripts`: what the script fails with is in what it came to. */
  try(wanted: ScriptTry): Promise<Result<ScriptTried>>
  /**
   * Runs until it is stopped, fails for good, the connection is forgotten or the application ends, over all network connections.
   * Fails with `notFound`, `notConnected`, `topicInvalid` (its filter), `scriptFailed` (its text) and `tooManyScripts`.
   */
  run(key: ScriptKey): Promise<Result<null>>
  stop(key: ScriptKey): Result<null>
  statuses(): ScriptStatus[]
  /** The broker may have granted or refused filters. */
  sessionChanged(id: ProfileId): void
  sessionRemoved(id: ProfileId): void
  close(): void
}

interface Running {
  readonly key: ScriptKey
  readonly script: Script
  readonly run: ScriptRun
  readonly telling: ReturnType<typeof toldSoon>
}

/** A script whose thread begins; until it runs it may be withdrawn. */
interface Starting {
  readonly key: ScriptKey
  isWithdrawn: boolean
}

export const createScriptRegistry = (parts: ScriptRegistryParts): ScriptRegistry => {
  const { sessions, store, nameOf, onChange, clock = computerClock } = parts
  const running = new Map<string, Running>()
  const starting = new Set<Starting>()
  const causes = createScriptCauses()
  let begun = 0

  const statusOf = ({ run, script }: Running): ScriptStatus => ({
    ...run.status(),
    isChanged: !store.current().some((one) => isSame(one, script)),
  })
  const forget = (one: Running) => {
    running.delete(keyText(one.key))
    one.telling.stop()
    one.run.close()
    onChange({ ...statusOf(one), phase: 'off' })
  }
  /** A script in a thread; counted before it has begun, so that many at once are not too many. */
  const open = async (text: string) => {
    const threads = [...running.values()].filter(({ run }) => run.status().phase !== 'stopped').length
    if (threads + begun >= scriptLimits.runs) return tooMany
    begun += 1
    try {
      const thread = await openScriptThread(text)
      return ok({ thread, error: await thread.begun })
    } finally {
      begun -= 1
    }
  }
  /** What begins is not to run any more; whether there was such. */
  const withdraw = (isMeant: (key: ScriptKey) => boolean): boolean => {
    const meant = [...starting].filter(({ key }) => isMeant(key))
    for (const one of meant) one.isWithdrawn = true
    return meant.length > 0
  }
  const begin = async (key: ScriptKey, script: Script, session: ResponderSession): Promise<Result<null>> => {
    // Of two that are asked for one after the other, the second is meant, whichever thread begins first.
    withdraw((other) => keyText(other) === keyText(key))
    const one: Starting = { key, isWithdrawn: false }
    starting.add(one)
    const opened = await open(script.text).finally(() => starting.delete(one))
    if (!opened.ok) return opened
    const { thread, error } = opened.value
    if (one.isWithdrawn) thread.close()
    else if (error) return { ok: false, error }
    else start({ key, script }, session, thread)
    return ok(null)
  }
  const start = (
    { key, script }: Pick<Running, 'key' | 'script'>,
    session: ResponderSession,
    thread: ScriptThread,
  ): void => {
    const earlier = running.get(keyText(key))
    if (earlier) forget(earlier)
    const telling = toldSoon(clock, () => onChange(statusOf(one)))
    const connection = { id: key.connectionId, name: nameOf(key.connectionId) }
    const run = createScriptRun({ script, connection, thread, session, clock, causes, onChange: telling.soon })
    const one = { key, script, run, telling }
    running.set(keyText(key), one)
    onChange(statusOf(one))
  }

  return {
    save: async (scripts) => {
      const saved = await store.save(scripts)
      const ids = new Set(scripts.map(({ id }) => id))
      for (const one of running.values()) {
        if (ids.has(one.script.id)) one.telling.soon()
        else forget(one)
      }
      withdraw(({ scriptId }) => !ids.has(scriptId))
      return saved
    },
    try: async ({ text, input, connectionId, calls }) => {
      const opened = await open(text)
      if (!opened.ok) return opened
      const { thread, error } = opened.value
      const connection = nameOf(connectionId)
      const call = (n: number) => thread.call({ ...input, connection, n })
      const tried = error ? { ...nothingTried, error } : await tryCalls(call, calls)
      thread.close()
      return ok(tried)
    },
    run: async (key) => {
      const script = store.current().find(({ id }) => id === key.scriptId)
      if (!script) return fail('notFound', 'There is no such script.')
      const problem = topicFilterProblem(script.filter)
      if (problem)
        return fail('topicInvalid', 'It is not a filter.', { field: 'filter', values: { detail: problem.code } })
      const session = sessions.get(key.connectionId)
      return session ? begin(key, script, session) : fail('notConnected', 'Connect before a script runs.')
    },
    stop: (key) => {
      const one = running.get(keyText(key))
      if (one) forget(one)
      const hasBegun = withdraw((other) => keyText(other) === keyText(key))
      return one || hasBegun ? ok(null) : fail('notFound', 'This script does not run.')
    },
    statuses: () => [...running.values()].map(statusOf),
    sessionChanged: (id) => {
      for (const { key, telling } of running.values()) if (key.connectionId === id) telling.soon()
    },
    sessionRemoved: (id) => {
      withdraw(({ connectionId }) => connectionId === id)
      for (const one of running.values()) if (one.key.connectionId === id) forget(one)
    },
    close: () => {
      withdraw(() => true)
      for (const { run, telling } of running.values()) {
        telling.stop()
        run.close()
      }
      running.clear()
    },
  }
}

const keyText = ({ connectionId, scriptId }: ScriptKey): string => `${connectionId} ${scriptId}`

const isSame = (one: Script, other: Script): boolean =>
  one.id === other.id && one.text === other.text && one.filter === other.filter && one.perSecond === other.perSecond

const tooMany = fail('tooManyScripts', `At most ${scriptLimits.runs} scripts run at a time.`, {
  values: { limit: scriptLimits.runs },
})

const nothingTried: ScriptTried = { outputs: [], lines: [], error: null, milliseconds: 0 }

type Call = (n: number) => ReturnType<Awaited<ReturnType<typeof openScriptThread>>['call']>

/** Up to the first call that fails, or until it made as much as one call may. */
const tryCalls = async (call: Call, calls: number): Promise<ScriptTried> => {
  const outputs: MadeMessage[] = []
  const lines: string[] = []
  let milliseconds = 0
  for (let n = 1; n <= calls && outputs.length < scriptLimits.outputs; n++) {
    const outcome = await call(n)
    milliseconds += outcome.milliseconds
    lines.push(...outcome.lines)
    const made = outputsOf(outcome.made)
    if (made.ok) outputs.push(...made.value)
    const error = outcome.error ?? (made.ok ? null : made.error)
    if (error) return { outputs, lines: lines.slice(0, scriptLimits.lines), error, milliseconds }
  }
  return { outputs, lines: lines.slice(0, scriptLimits.lines), error: null, milliseconds }
}
