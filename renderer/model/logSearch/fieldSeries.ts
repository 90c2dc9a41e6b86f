import type { SearchPort, SeriesFound, SeriesPart, SeriesRequest } from './searchProtocol'

/** Follows fields of one log: each gets its values from the oldest message that is kept on, and whatever comes. */
export interface FieldSeries {
  /** The answer ends it. */
  follow(request: SeriesRequest, receive: (part: SeriesPart) => void): () => void
}

/** What the log's search does with its series. */
interface HeldSeries extends FieldSeries {
  isFollowed(): boolean
  receive(answer: SeriesFound): void
  /** To an engine that knows nothing: goes on where the one before it has told its last values, so that none comes twice. */
  begin(): void
  close(): void
}

interface Followed extends SeriesRequest {
  readonly receive: (part: SeriesPart) => void
  nextRow: number
}

interface SeriesParts {
  readonly log: number
  readonly port: SearchPort
  /** Tells the engine what came to the log. */
  readonly tell: () => void
}

export const createFieldSeries = ({ log, port, tell }: SeriesParts): HeldSeries => {
  const followed = new Map<number, Followed>()
  let numbers = 0
  const post = (series: number, { topic, path, nextRow }: Followed) =>
    port.post({ kind: 'followSeries', log, series, topic, path, fromRow: nextRow })
  return {
    follow: ({ topic, path }, receive) => {
      numbers += 1
      const series = numbers
      const one: Followed = { topic, path, receive, nextRow: 0 }
      followed.set(series, one)
      tell()
      post(series, one)
      return () => {
        if (followed.delete(series)) port.post({ kind: 'endSeries', log, series })
      }
    },
    isFollowed: () => followed.size > 0,
    receive: ({ parts }) => {
      for (const { series, part, endRow } of parts) {
        const one = followed.get(series)
        if (!one) continue
        one.nextRow = endRow
        one.receive(part)
      }
    },
    begin: () => followed.forEach((one, series) => post(series, one)),
    close: () => followed.clear(),
  }
}
