import type { MeterKey, MeterRequest, MeterStatus } from '#shared/model/meter'
import type { Result } from '#shared/result'
import { defineAppState } from '../../../state/app'
import { noticesState } from '../../../state/notices'

export interface MetersState {
  /** Running ones and those that are over, the oldest first. */
  readonly all: readonly MeterStatus[]
  start(request: MeterRequest): Promise<Result<null>>
  /** Sends no more, and waits for what is on its way; once more: it is over. */
  stop(meterId: string): void
  /** Ends one and forgets what it counted. */
  remove(meterId: string): void
  receive(status: MeterStatus): void
  receiveRemoved(key: MeterKey): void
}

/** What main measures, of all connections. */
export const metersState = defineAppState<MetersState>('meters', ({ owner: app, set }) => {
  const showFailure = (result: Result<null>) => {
    // It may be over by itself meanwhile.
    if (!result.ok && result.error.code !== 'notFound') app.get(noticesState).showError(result.error)
  }
  return {
    all: app.snapshot.meters,
    start: (request) => app.api.invoke('meter.start', request),
    stop: (meterId) => void app.api.invoke('meter.stop', { meterId }).then(showFailure),
    remove: (meterId) => void app.api.invoke('meter.remove', { meterId }).then(showFailure),
    receive: (status) =>
      set(({ all }) => ({
        all: all.some(({ meterId }) => meterId === status.meterId)
          ? all.map((one) => (one.meterId === status.meterId ? status : one))
          : [...all, status],
      })),
    receiveRemoved: ({ meterId }) => set(({ all }) => ({ all: all.filter((one) => one.meterId !== meterId) })),
  }
})

/** Those that send or receive on a connection. */
export const metersOf = (all: readonly MeterStatus[], id: string): readonly MeterStatus[] =>
  all.filter(({ sendOn, receiveOn }) => sendOn === id || receiveOn === id)
