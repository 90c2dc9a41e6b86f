import {
  exchangeStates,
  firstResponsePattern,
  mostExchanges,
  requestTimeout,
  type Exchange,
  type ExchangesChange,
  type ExchangeState,
  type ExchangeSummary,
  type RequestToSend,
} from '#shared/model/request'
import type { AppError } from '#shared/result'
import { defineConnectionState, type App } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { settingsState } from '../../../state/settings'

/** What this connection asked, and the rules by which it answers. */
type RequestsPart = 'requests' | 'responder'

/** What became of the requests of a connection, and what the next one is sent with. */
export interface RequestsState {
  /** The oldest first. */
  readonly exchanges: readonly Exchange[]
  readonly summary: ExchangeSummary
  /** Which part of the view is in front. */
  readonly part: RequestsPart
  /** Milliseconds, as typed. */
  readonly timeoutMs: string
  /** Before MQTT 5: where its answer is expected, as a template. */
  readonly responsePattern: string
  showPart(part: RequestsPart): void
  changeTimeout(timeoutMs: string): void
  changePattern(responsePattern: string): void
  /** Answers why it was not sent. */
  send(request: Omit<RequestToSend, 'connectionId' | 'responsePattern'>): Promise<AppError | null>
  /** Forgets those that are over. */
  clear(): void
  receive(change: ExchangesChange): void
}

export const requestsState = defineConnectionState<RequestsState>('requests', ({ owner, get, set }) => {
  const { api } = owner.app
  const kept = () => owner.app.get(settingsState).settings.requestOptions
  /** With what a request was sent with, so that a typing mistake is not kept. */
  const keep = ({ timeoutMs, responsePattern }: RequestsState) => {
    const before = kept()[owner.id] ?? firstOptions
    if (before.timeoutMs === timeoutMs && before.responsePattern === responsePattern) return
    const requestOptions = { ...kept(), [owner.id]: { timeoutMs, responsePattern } }
    void owner.app.get(settingsState).save({ requestOptions })
  }
  return {
    exchanges: [],
    summary: { counts: noCounts(), roundTrips: null },
    part: 'requests',
    showPart: (part) => set({ part }),
    ...(kept()[owner.id] ?? firstOptions),
    changeTimeout: (timeoutMs) => set({ timeoutMs }),
    changePattern: (responsePattern) => set({ responsePattern }),
    send: async (request) => {
      const { responsePattern } = get()
      const sent = await api.invoke('request.send', { ...request, connectionId: owner.id, responsePattern })
      if (sent.ok) keep(get())
      return sent.ok ? null : sent.error
    },
    clear: () => void api.invoke('request.clear', { connectionId: owner.id }),
    receive: ({ exchanges, isAll, summary }) =>
      set((before) => ({ summary, exchanges: isAll ? exchanges : merged(before.exchanges, exchanges) })),
  }
})

const firstOptions = { timeoutMs: String(requestTimeout.first), responsePattern: firstResponsePattern }

const noCounts = () => Object.fromEntries(exchangeStates.map((state) => [state, 0])) as Record<ExchangeState, number>

const merged = (known: readonly Exchange[], changed: readonly Exchange[]): readonly Exchange[] => {
  const all = new Map(known.map((one) => [one.id, one]))
  for (const one of changed) all.set(one.id, one)
  return [...all.values()].slice(-mostExchanges)
}

/** Whole milliseconds within the range, or null. */
export const timeoutOf = (typed: string): number | null => {
  const text = typed.trim()
  const value = Number(text)
  return /^\d+$/.test(text) && value >= requestTimeout.least && value <= requestTimeout.most ? value : null
}

/** Takes what main knew of requests when the window was opened. */
export const receiveFirstRequests = (app: App): void => {
  for (const change of app.snapshot.requests)
    app.get(connectionsState).all.get(change.connectionId)?.get(requestsState).receive(change)
}
