import type { SliceCreator } from '../../store/sliceCreator'
import { without } from '../../model/without'
import type { ConnectionsSlice, TypedPassphrase, TypedSignIn } from './connectionsSlice'
import { passwordPromptAfter } from './passwordPrompt'

type Tools = Parameters<SliceCreator<ConnectionsSlice>>

type SessionVerbs = Pick<
  ConnectionsSlice,
  | 'connect'
  | 'disconnect'
  | 'connectWithPassphrase'
  | 'askForPassword'
  | 'askForPassphrase'
  | 'closePassphrasePrompt'
  | 'tryRemedy'
  | 'dropMessage'
  | 'releaseMessage'
  | 'closePasswordPrompt'
  | 'receiveSession'
  | 'receiveSessionRemoved'
  | 'setSimulatedDevices'
  | 'startLocalBroker'
  | 'stopLocalBroker'
  | 'receiveLocalBroker'
  | 'setLocalBrokerAccess'
  | 'receiveLocalBrokerUse'
>

/** What is done with messages the broker closes on. */
const createHeldVerbs = (
  get: Tools[1],
  api: Tools[2]['api'],
): Pick<SessionVerbs, 'dropMessage' | 'releaseMessage'> => ({
  dropMessage: async (connectionId, sequence) => {
    const result = await api.invoke('message.drop', { connectionId, sequence })
    if (!result.ok) get().receiveNotice(result.error)
  },

  releaseMessage: async (connectionId, sequence, qos) => {
    const result = await api.invoke('message.release', { connectionId, sequence, qos })
    if (!result.ok) get().receiveNotice(result.error)
  },
})

/** What is done with live connections and with the broker inside the application. */
export const createSessionVerbs = (...[set, get, { api }]: Tools): SessionVerbs => {
  const open = async (connectionId: string, typed?: TypedSignIn | TypedPassphrase) => {
    set((state) => ({ connectErrors: without(state.connectErrors, connectionId) }))
    const result = await api.invoke('session.connect', { connectionId, ...typed })
    if (result.ok) return
    const { error } = result
    if (error.code === 'passwordNeeded') set({ passwordPrompt: { connectionId, submitted: false, error: null } })
    else set((state) => ({ connectErrors: { ...state.connectErrors, [connectionId]: error }, passwordPrompt: null }))
  }

  return {
    connect: async (connectionId, signIn) => {
      const { profiles, localBroker, passwordPrompt, startLocalBroker } = get()
      const entry = profiles.find(({ profile }) => profile.id === connectionId)
      if (entry?.profile.kind === 'local' && localBroker.phase !== 'running') return startLocalBroker()
      if (passwordPrompt?.connectionId === connectionId && signIn)
        set({ passwordPrompt: { connectionId, submitted: true, error: null } })
      await open(connectionId, signIn)
    },

    connectWithPassphrase: async (connectionId, typed) => {
      set({ passphrasePrompt: null })
      await open(connectionId, typed)
    },

    disconnect: async (connectionId) => {
      set((state) => ({ connectErrors: without(state.connectErrors, connectionId) }))
      const result = await api.invoke('session.disconnect', { connectionId })
      if (!result.ok) get().receiveNotice(result.error)
    },

    tryRemedy: async (connectionId, key) => {
      set((state) => ({ connectErrors: without(state.connectErrors, connectionId) }))
      const result = await api.invoke('session.tryRemedy', { connectionId, key })
      if (!result.ok) get().receiveNotice(result.error)
    },

    ...createHeldVerbs(get, api),
    askForPassword: (connectionId, error) =>
      set({ passwordPrompt: { connectionId, submitted: false, error: error ?? null } }),
    askForPassphrase: (connectionId, failure) => set({ passphrasePrompt: { connectionId, failure } }),
    closePassphrasePrompt: () => set({ passphrasePrompt: null }),
    closePasswordPrompt: () => set({ passwordPrompt: null }),

    receiveSession: (status) =>
      set((state) => ({
        sessions: { ...state.sessions, [status.connectionId]: status },
        passwordPrompt: passwordPromptAfter(state.passwordPrompt, status),
      })),

    receiveSessionRemoved: (connectionId) =>
      set((state) => ({
        sessions: without(state.sessions, connectionId),
        connectErrors: without(state.connectErrors, connectionId),
        passwordPrompt: state.passwordPrompt?.connectionId === connectionId ? null : state.passwordPrompt,
      })),

    setSimulatedDevices: async (simulatedDevices) => {
      set({ simulatedDevices })
      if (get().localBroker.phase !== 'running') return
      const result = await api.invoke('localBroker.start', { devices: simulatedDevices })
      if (result.ok) return
      set({ simulatedDevices: !simulatedDevices })
      get().receiveNotice(result.error)
    },

    startLocalBroker: async () => {
      set({ localBroker: { phase: 'starting' } })
      const result = await api.invoke('localBroker.start', { devices: get().simulatedDevices })
      if (!result.ok) {
        set({ localBroker: { phase: 'failed', error: result.error } })
        return
      }
      get().showConnection(result.value.connectionId)
      // Not through `connect`: the news that the broker runs may come after the answer.
      await open(result.value.connectionId)
    },

    stopLocalBroker: async () => {
      const result = await api.invoke('localBroker.stop', undefined)
      if (!result.ok) get().receiveNotice(result.error)
    },

    setLocalBrokerAccess: async (access) => {
      const result = await api.invoke('localBroker.setAccess', access)
      return result.ok ? null : result.error
    },

    receiveLocalBrokerUse: (localBrokerUse) => set({ localBrokerUse }),

    receiveLocalBroker: (localBroker) =>
      set(localBroker.phase === 'running' ? { localBroker, simulatedDevices: localBroker.devices } : { localBroker }),
  }
}
