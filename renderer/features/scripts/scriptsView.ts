import { scriptLimits, type Script } from '#shared/model/script'
import type { GalleryScript } from '#shared/scripts/gallery'
import { defineConnectionState } from '../../state/app'
import { scriptsState } from '../../state/scripts'
import { emptyTrial, type Trial } from './try/trial'

/** Which script the view of a connection shows, and what it is tried with. */
export interface ScriptsViewState {
  /** Null = the first one. */
  readonly shownId: string | null
  readonly trial: Trial
  show(scriptId: string): void
  /** Adds a script and shows it; an example brings the message it is tried with. */
  add(name: string, example: GalleryScript | null): void
  changeTrial(changed: Partial<Trial>): void
}

export const scriptsViewState = defineConnectionState<ScriptsViewState>('scriptsView', ({ owner, get, set }) => ({
  shownId: null,
  trial: emptyTrial,
  show: (shownId) => set({ shownId }),
  add: (name, example) => {
    const id = crypto.randomUUID()
    const { text, filter } = example ?? newScript
    owner.app.get(scriptsState).put({ id, name, text, filter, perSecond: scriptLimits.perSecond.first })
    const { topic, payload, isHex = false, calls } = example?.example ?? newScript.example
    set({ shownId: id, trial: { ...emptyTrial, topic, payload, isHex, calls: String(calls) } })
  },
  changeTrial: (changed) => set({ trial: { ...get().trial, ...changed } }),
}))

/** The script that is shown; null = there is none. */
export const shownScript = (scripts: readonly Script[], shownId: string | null): Script | null =>
  scripts.find(({ id }) => id === shownId) ?? scripts[0] ?? null

const newScript: Pick<GalleryScript, 'text' | 'filter' | 'example'> = {
  filter: 'in/#',
  text: `// Called with each message under the filter. It returns nothing, one message or an array of messages.
// message: topic, payload (text), json, bytes, qos, retain, properties, connection, n. state is kept between calls.
function onMessage(message, state) {
  return { topic: 'out/' + message.topic, payload: message.payload }
}
`,
  example: { topic: 'in/test', payload: 'hello', calls: 1 },
}
