import type { JsonPath } from '#shared/json/jsonPath'
import type { FilterTerms } from './logFilter'
import type { LogRules } from './logRules'

/** A chunk of the log as it crosses to the search: where its rows are, and its memory, which both sides share. */
export interface SharedChunk {
  readonly firstRow: number
  readonly endRow: number
  readonly firstRecord: number
  /** Null = a chunk that is known already and has grown. */
  readonly memory: ArrayBufferLike | null
}

/** What came to a log and went from it since the last update. */
export interface LogUpdate {
  readonly kind: 'update'
  readonly log: number
  /** Rows before it are gone. */
  readonly firstRow: number
  readonly endRow: number
  readonly chunks: readonly SharedChunk[]
  readonly newTopics: readonly (string | undefined)[]
  /** Numbers that no message used any more and that mean another topic now. */
  readonly renamedTopics: readonly (readonly [number: number, topic: string])[]
  readonly newMatchSets: readonly (readonly string[])[]
  /** To be answered when evicted rows are not read any more; null = nobody waits for that. */
  readonly ticket: number | null
}

export type SearchRequest =
  | LogUpdate
  /** The log is gone. */
  | { readonly kind: 'forget'; readonly log: number }
  /** Replaces the log's search. Rows before `startRow` are looked at from there downwards, the others upwards. */
  | {
      readonly kind: 'search'
      readonly log: number
      readonly search: number
      readonly terms: FilterTerms
      readonly startRow: number
    }
  | { readonly kind: 'cancel'; readonly log: number }
  /**
   * How payloads of the log are read, for searches that are begun from now on. Where schemas are bound, all messages from the
   * row on are checked, and whatever comes.
   */
  | { readonly kind: 'rules'; readonly log: number; readonly rules: LogRules; readonly check: CheckStart }
  /** From the row on, and of whatever comes until it is ended. */
  | ({
      readonly kind: 'followSeries'
      readonly log: number
      readonly series: number
      readonly fromRow: number
    } & SeriesRequest)
  | { readonly kind: 'endSeries'; readonly log: number; readonly series: number }

/** Checks of a log that begin with a row; their number stands in what they find. */
interface CheckStart {
  readonly number: number
  readonly fromRow: number
}

/** One field of the messages that are received on one topic; of an empty path the whole payload. */
export interface SeriesRequest {
  readonly topic: string
  readonly path: JsonPath
}

/** Values of one field of one topic, oldest first: what was found since the part before it. */
export interface SeriesPart {
  readonly rows: Float64Array
  /** Milliseconds since 1970. */
  readonly times: Float64Array
  /** Places in `fieldKinds`. */
  readonly kinds: Uint8Array
  /** NaN where the value is no number. */
  readonly numbers: Float64Array
  /** What stands there, as it was sent; very long ones are cut. */
  readonly texts: readonly string[]
  /** Messages on the topic that have no value there, or that cannot be read. */
  readonly skipped: number
}

/** What was found of the series of a log since it was last told. */
export interface SeriesFound {
  readonly kind: 'series'
  readonly log: number
  readonly parts: readonly {
    readonly series: number
    readonly part: SeriesPart
    /** All rows before it are looked at. */ readonly endRow: number
  }[]
}

/** What checks have found since the part before it. */
export interface CheckPart {
  /** Topics of which there was nothing to tell before: each has the next place. */
  readonly newTopics: readonly string[]
  /** Places of topics with news, and how many more messages of them were checked, did not conform, could not be checked. */
  readonly topics: Uint32Array
  readonly checked: Uint32Array
  readonly differing: Uint32Array
  readonly unchecked: Uint32Array
  /** Of messages that do not conform, in their order. */
  readonly rows: Float64Array<ArrayBuffer>
  /** So many more rows were gone before they could be looked at. */
  readonly missed: number
  /** All rows before it are looked at, or missed. */
  readonly endRow: number
  readonly isDone: boolean
}

export interface ChecksFound {
  readonly kind: 'checked'
  readonly log: number
  readonly number: number
  readonly part: CheckPart
}

/** Rows that pass and were not told before. */
export interface RowsFound {
  readonly kind: 'found'
  readonly log: number
  readonly search: number
  /** Before the search's start, newest first. */
  readonly older: Float64Array<ArrayBuffer>
  /** From the search's start on, oldest first. */
  readonly newer: Float64Array<ArrayBuffer>
  /** Some rows have not been looked at yet. */
  readonly searching: boolean
}

export type SearchAnswer =
  | RowsFound
  | SeriesFound
  | ChecksFound
  | { readonly kind: 'released'; readonly ticket: number }

/** The way to a search engine, wherever it runs. */
export interface SearchPort {
  post(request: SearchRequest): void
  listen(receive: (answer: SearchAnswer) => void): void
  /** Starts an engine anew that knows nothing; the one before answers no more, and lets go of all memory. */
  restart(): void
  /** Called when the engine has failed and a restart is due. */
  onFailure(recover: () => void): void
}
