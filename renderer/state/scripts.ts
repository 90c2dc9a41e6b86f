import type { Script, ScriptKey, ScriptStatus } from '#shared/model/script'
import type { AppError } from '#shared/result'
import { defineAppState } from './app'
import { noticesState } from './notices'

/** The scripts, and what they do on connections. */
export interface ScriptsState {
  readonly scripts: readonly Script[]
  /** Of those that were started in this run. */
  readonly runs: readonly ScriptStatus[]
  /** Adds it at the end, or puts it in the place of the one with its id. */
  put(script: Script): void
  remove(scriptId: string): void
  /** Saves what was typed, and runs it as it stands now, in the place of what ran. */
  run(key: ScriptKey): Promise<void>
  stop(key: ScriptKey): void
  receive(status: ScriptStatus): void
  /** Writes at once what was put and not written yet. */
  flush(): Promise<void>
}

/** What is typed is handed on after so many milliseconds without a further change. */
const saveAfterMs = 400

export const scriptsState = defineAppState<ScriptsState>('scripts', ({ owner: app, get, set }) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  const showFailure = (error: AppError) => app.get(noticesState).showError(error)
  const save = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    const saved = await app.api.invoke('scripts.save', [...get().scripts])
    if (!saved.ok) showFailure(saved.error)
  }
  const keepSoon = (scripts: readonly Script[]) => {
    set({ scripts })
    timer ??= setTimeout(() => void save(), saveAfterMs)
  }
  const flush = () => (timer ? save() : Promise.resolve())
  return {
    scripts: app.snapshot.scripts,
    runs: app.snapshot.scriptRuns,
    put: (script) => {
      const { scripts } = get()
      const isKnown = scripts.some(({ id }) => id === script.id)
      keepSoon(isKnown ? scripts.map((one) => (one.id === script.id ? script : one)) : [...scripts, script])
    },
    remove: (scriptId) => keepSoon(get().scripts.filter(({ id }) => id !== scriptId)),
    run: async (key) => {
      await flush()
      const run = await app.api.invoke('script.run', key)
      if (!run.ok) showFailure(run.error)
    },
    stop: (key) =>
      void app.api.invoke('script.stop', key).then((stopped) => {
        if (!stopped.ok && stopped.error.code !== 'notFound') showFailure(stopped.error)
      }),
    receive: (status) =>
      set(({ runs }) => ({
        runs: [
          ...runs.filter((one) => one.scriptId !== status.scriptId || one.connectionId !== status.connectionId),
          status,
        ],
      })),
    flush,
  }
})

/** What a script does on a connection; undefined = it was not started there in this run. */
export const selectScriptRun =
  (connectionId: string, scriptId: string) =>
  ({ runs }: ScriptsState): ScriptStatus | undefined =>
    runs.find((one) => one.scriptId === scriptId && one.connectionId === connectionId)
