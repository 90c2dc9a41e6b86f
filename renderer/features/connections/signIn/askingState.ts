import { defineAppState, type App, type Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { sessionState, type SessionState } from '../../../state/session'

/** Connections that ask for something, the one that asked last at the end. The window shows one dialog at a time. */
export interface AskingState {
  readonly forPassword: readonly Connection[]
  readonly forPassphrase: readonly Connection[]
  /** Whose broker waits for an answer. */
  readonly forChallenge: readonly Connection[]
}

export const askingState = defineAppState<AskingState>('asking', ({ owner: app, set }) => {
  const watched = new WeakSet<Connection>()
  const watch = (connection: Connection) => {
    if (watched.has(connection)) return
    watched.add(connection)
    connection.watch(sessionState, (state, before) => {
      if (whatIsAsked.some((asked) => asked(state) !== asked(before)))
        set((asking) => askingNow(connections(app), asking))
    })
  }
  app.watch(connectionsState, ({ all }, before) => {
    if (all === before.all) return
    connections(app).forEach(watch)
    set((asking) => askingNow(connections(app), asking))
  })
  connections(app).forEach(watch)
  return askingNow(connections(app), { forPassword: [], forPassphrase: [], forChallenge: [] })
})

const whatIsAsked: readonly ((state: SessionState) => unknown)[] = [
  (state) => state.signInPrompt,
  (state) => state.passphrasePrompt,
  (state) => state.status?.challenge,
]

const connections = (app: App): readonly Connection[] => [...app.get(connectionsState).all.values()]

const askingNow = (all: readonly Connection[], before: AskingState): AskingState => ({
  forPassword: inOrder(
    before.forPassword,
    all.filter((one) => one.get(sessionState).signInPrompt !== null),
  ),
  forPassphrase: inOrder(
    before.forPassphrase,
    all.filter((one) => one.get(sessionState).passphrasePrompt !== null),
  ),
  forChallenge: inOrder(
    before.forChallenge,
    all.filter((one) => one.get(sessionState).status?.challenge !== undefined),
  ),
})

/** Connections that asked before keep their places. The same list as long as they are the same. */
const inOrder = (before: readonly Connection[], now: readonly Connection[]): readonly Connection[] => {
  const stay = before.filter((one) => now.includes(one))
  const come = now.filter((one) => !before.includes(one))
  return come.length === 0 && stay.length === before.length ? before : [...stay, ...come]
}
