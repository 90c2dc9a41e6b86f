import type { SeriesRequest, SeriesStatus } from '#shared/model/series'
import type { Result } from '#shared/result'
import { defineAppState } from './app'
import { noticesState } from './notices'

export interface SeriesState {
  /** Running ones and those that are over, at most one for each draft on each connection. */
  readonly all: readonly SeriesStatus[]
  start(request: SeriesRequest): Promise<Result<null>>
  stop(series: SeriesStatus): void
  receive(status: SeriesStatus): void
}

/** Messages that main sends every so many milliseconds, of all connections. */
export const seriesState = defineAppState<SeriesState>('series', ({ owner: app, set }) => ({
  all: app.snapshot.series,
  start: (request) => app.api.invoke('series.start', request),
  stop: ({ connectionId, draftId }) => {
    void app.api.invoke('series.stop', { connectionId, draftId }).then((result) => {
      // It may have ended by itself meanwhile.
      if (!result.ok && result.error.code !== 'notFound') app.get(noticesState).showError(result.error)
    })
  },
  receive: (status) => set(({ all }) => ({ all: [...all.filter((one) => !isSame(one, status)), status] })),
}))

type SeriesKey = Pick<SeriesStatus, 'connectionId' | 'draftId'>

const isSame = (one: SeriesKey, other: SeriesKey) =>
  one.connectionId === other.connectionId && one.draftId === other.draftId

/** What a draft repeats on a connection, or repeated last. */
export const selectSeries =
  (key: SeriesKey) =>
  ({ all }: SeriesState): SeriesStatus | undefined =>
    all.find((one) => isSame(one, key))

/** How many messages were sent by what is repeated on a connection; null = nothing is. */
export const selectSentOn =
  (id: string) =>
  ({ all }: SeriesState): number | null =>
    sentBy(all.filter(({ connectionId }) => connectionId === id))

/** How many messages the running ones of these have sent; null = none runs. */
export const sentBy = (series: readonly SeriesStatus[]): number | null => {
  const running = series.filter(({ end }) => end === null)
  return running.length === 0 ? null : running.reduce((sum, { counts }) => sum + counts.sent, 0)
}
