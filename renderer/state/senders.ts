import type { SenderKey, SenderRequest, SenderStatus } from '#shared/model/sender'
import type { AppError, Result } from '#shared/result'
import { defineAppState } from './app'
import { noticesState } from './notices'

export interface SendersState {
  /** Running ones and those that are over, at most one for each plan on each connection. */
  readonly all: readonly SenderStatus[]
  start(request: SenderRequest): Promise<Result<null>>
  stop(key: SenderKey): void
  /** Those of all connections. */
  stopAll(): void
  /** Ends one and forgets what became of it. */
  remove(key: SenderKey): void
  receive(changed: readonly SenderStatus[]): void
  receiveRemoved(key: SenderKey): void
}

/** Plans that main carries out, of all connections. */
export const sendersState = defineAppState<SendersState>('senders', ({ owner: app, set }) => {
  const showFailure = (result: Result<null>) => {
    // It may have ended by itself meanwhile.
    if (!result.ok && result.error.code !== 'notFound') show(result.error)
  }
  const show = (error: AppError) => app.get(noticesState).showError(error)
  const without = (all: readonly SenderStatus[], key: SenderKey): readonly SenderStatus[] =>
    all.filter((one) => !isSame(one, key))
  return {
    all: app.snapshot.senders,
    start: (request) => app.api.invoke('sender.start', request),
    stop: (key) => void app.api.invoke('sender.stop', keyOf(key)).then(showFailure),
    stopAll: () => void app.api.invoke('sender.stopAll', undefined).then(showFailure),
    remove: (key) => void app.api.invoke('sender.remove', keyOf(key)).then(showFailure),
    receive: (changed) => set(({ all }) => ({ all: [...changed.reduce(without, all), ...changed] })),
    receiveRemoved: (key) => set(({ all }) => ({ all: without(all, key) })),
  }
})

const keyOf = ({ connectionId, senderId }: SenderKey): SenderKey => ({ connectionId, senderId })

const isSame = (one: SenderKey, other: SenderKey) =>
  one.connectionId === other.connectionId && one.senderId === other.senderId

/** What sends by a plan on a connection, or did last; for what a draft repeats, by the draft. */
export const selectSender =
  (key: SenderKey) =>
  ({ all }: SendersState): SenderStatus | undefined =>
    all.find((one) => isSame(one, key))

/** How many messages were sent by what sends on a connection; null = nothing does. */
export const selectSentOn =
  (id: string) =>
  ({ all }: SendersState): number | null =>
    sentBy(all.filter(({ connectionId }) => connectionId === id))

/** How many messages the running ones of these have sent; null = none runs. */
export const sentBy = (senders: readonly SenderStatus[]): number | null => {
  const running = senders.filter(({ end }) => end === null)
  return running.length === 0 ? null : running.reduce((sum, { counts }) => sum + counts.sent, 0)
}
