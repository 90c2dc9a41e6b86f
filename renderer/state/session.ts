import type { AuthAnswer } from '#shared/model/authentication'
import type { Farewell } from '#shared/model/farewell'
import type { Qos } from '#shared/model/qos'
import type { SessionPhase, SessionStatus } from '#shared/model/session'
import type { AppError, Result } from '#shared/result'
import { defineConnectionState, type App } from './app'
import { connectionsState } from './connections'
import { localBrokerState } from './localBroker'
import { noticesState } from './notices'
import { profilesState, selectEntry } from './profiles'
import { sessionEventsState } from './sessionEvents'
import { signInPromptAfter, type SignInPrompt } from './signInPrompt'

/** What was typed into the dialog that asks for a password. */
export interface TypedSignIn {
  readonly username: string
  readonly password: string
  readonly remember: boolean
}

/** The passphrase that was typed for an encrypted key. */
export interface TypedPassphrase {
  readonly keyPassphrase: string
  readonly remember: boolean
}

/** The connection to the broker as main tells it, and what a person does with it. */
export interface SessionState {
  /** Null = it was not connected in this run. */
  readonly status: SessionStatus | null
  /** Why the last `connect` did not begin: main refused the command. */
  readonly connectError: AppError | null
  /** A password is asked for; null = none is. */
  readonly signInPrompt: SignInPrompt | null
  /** The passphrase of the key or the PKCS #12 file that the failure names is asked for; null = it is not. */
  readonly passphrasePrompt: { readonly failure: AppError } | null
  receive(status: SessionStatus): void
  /**
   * Connects with what was typed, else with what is known, or asks for the password it takes. The local broker is
   * started first where it is not running.
   */
  connect(signIn?: TypedSignIn): Promise<void>
  /** As `connect`, where the broker is known to run. */
  open(typed?: TypedSignIn | TypedPassphrase): Promise<void>
  connectWithPassphrase(typed: TypedPassphrase): Promise<void>
  disconnect(farewell?: Farewell): Promise<void>
  /** Says this to the challenge that the status has. */
  answerChallenge(number: number, answer: AuthAnswer): Promise<void>
  /** Proves again who we are, over the connection that is there. */
  reauthenticate(): Promise<void>
  /** Connects once as a remedy of the latest failure says. */
  tryRemedy(key: string): Promise<void>
  /** Gives up a message that is held or to be sent again. */
  dropMessage(sequence: number): Promise<void>
  /** Sends a message that is held, as it is (null) or with another QoS. */
  releaseMessage(sequence: number, qos: Qos | null): Promise<void>
  askForPassword(error?: AppError): void
  askForPassphrase(failure: AppError): void
  closePrompts(): void
}

export const sessionState = defineConnectionState<SessionState>('session', ({ owner: connection, get, set }) => {
  const { app, id: connectionId } = connection
  const { api } = app
  const tellFailure = (result: Result<null>) => {
    if (!result.ok) app.get(noticesState).showError(result.error)
  }
  const open = async (typed?: TypedSignIn | TypedPassphrase) => {
    set({ connectError: null })
    const result = await api.invoke('session.connect', { connectionId, ...typed })
    if (result.ok) return
    const { error } = result
    if (error.code === 'passwordNeeded') set({ signInPrompt: { submitted: false, error: null } })
    else set({ connectError: error, signInPrompt: null })
  }

  return {
    status: null,
    connectError: null,
    signInPrompt: null,
    passphrasePrompt: null,
    open,

    receive: (received) => {
      connection.get(sessionEventsState).follow(get().status, received)
      set({ status: received, signInPrompt: signInPromptAfter(get().signInPrompt, received.state) })
    },

    connect: async (signIn) => {
      const kind = selectEntry(connectionId)(app.get(profilesState))?.profile.kind
      if (kind === 'recording') return
      const isLocal = kind === 'local'
      if (isLocal && app.get(localBrokerState).broker.phase !== 'running') return startLocalBroker(app)
      if (get().signInPrompt && signIn) set({ signInPrompt: { submitted: true, error: null } })
      await open(signIn)
    },

    connectWithPassphrase: async (typed) => {
      set({ passphrasePrompt: null })
      await open(typed)
    },

    disconnect: async (farewell) => {
      set({ connectError: null })
      tellFailure(await api.invoke('session.disconnect', { connectionId, ...(farewell && { farewell }) }))
    },

    answerChallenge: async (number, answer) =>
      tellFailure(await api.invoke('session.answerChallenge', { connectionId, number, answer })),

    reauthenticate: async () => {
      const result = await api.invoke('session.reauthenticate', { connectionId })
      // Why a connection ended is told where it says that it did.
      if (!result.ok && !selectIsOnline(get())) return
      tellFailure(result)
      if (result.ok) app.get(noticesState).show({ text: { key: 'connections.authentication.accepted' } })
    },

    tryRemedy: async (key) => {
      set({ connectError: null })
      tellFailure(await api.invoke('session.tryRemedy', { connectionId, key }))
    },

    dropMessage: async (sequence) => tellFailure(await api.invoke('message.drop', { connectionId, sequence })),

    releaseMessage: async (sequence, qos) =>
      tellFailure(await api.invoke('message.release', { connectionId, sequence, qos })),

    askForPassword: (error) => set({ signInPrompt: { submitted: false, error: error ?? null } }),
    askForPassphrase: (failure) => set({ passphrasePrompt: { failure } }),
    closePrompts: () => set({ signInPrompt: null, passphrasePrompt: null }),
  }
})

/** Sessions that were there before the window was. Only what the command line opened asks for a password at once. */
export const receiveFirstSessions = (app: App): void => {
  const { sessions, openConnectionId } = app.snapshot
  for (const status of sessions) {
    const session = app.get(connectionsState).open(status.connectionId).get(sessionState)
    session.receive(status)
    if (status.connectionId !== openConnectionId) session.closePrompts()
  }
}

/** Connects what is to be connected when the application starts, as a person would; main starts the local broker for it. */
export const connectAtStart = (app: App): void => {
  for (const id of app.snapshot.connectAtStart) void app.get(connectionsState).open(id).get(sessionState).open()
}

/** Starts the broker inside the application, shows its connection, and connects to it. */
export const startLocalBroker = async (app: App): Promise<void> => {
  const id = await app.get(localBrokerState).start()
  if (id === null) return
  const connection = app.get(connectionsState).open(id)
  app.get(connectionsState).show(id)
  // Not through `connect`: the news that the broker runs may come after the answer.
  await connection.get(sessionState).open()
}

const offline: SessionPhase = { phase: 'offline' }

export const selectSessionState = ({ status }: SessionState): SessionPhase => status?.state ?? offline

export const selectIsOnline = ({ status }: SessionState): boolean => status?.state.phase === 'online'

/** Whether there is something to end: a session that is there, on its way, or waiting for its next try. */
export const isUnderWay = ({ phase }: SessionPhase): boolean =>
  phase === 'online' || phase === 'connecting' || phase === 'waiting'
