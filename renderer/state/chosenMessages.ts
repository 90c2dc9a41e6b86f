import { allRows, rowsOfAge, type RowSource } from '../model/logSearch/foundRows'
import type { MessageLog } from '../model/messageLog/messageLog'
import type { MessageView } from '../model/messageLog/messageLogChunk'
import { parseQuery } from '../model/query/parseQuery'
import { ageOf } from '../model/query/resolveQuery'
import { holdsSequence, rangeOf, type SequenceRange, type SequenceRanges } from '../model/sequenceRanges'
import type { Connection } from './app'
import { logViewState } from './logView'
import { messagesState } from './messages'
import { selectionState } from './selection'

/** The rows of a log, as far as they stand between two sequence numbers. */
interface ChosenRows {
  readonly log: MessageLog
  readonly shown: RowSource
  readonly chosen: SequenceRanges
}

/** The rows that the log shows: those that its filter has found so far, or all; while it is paused, up to there. */
export const shownRows = ({ model, get }: Connection): RowSource => {
  const { log, search } = model
  const endRow = get(messagesState).pausedAt ?? log.endRow()
  const found = search.found()
  if (!found) return allRows(log, endRow)
  const age = ageOf(parseQuery(get(logViewState).query))
  return rowsOfAge(log, found.rows, { age, now: model.clock.now(), endRow })
}

/**
 * The messages that are chosen now and that the log shows, oldest first, whatever is chosen while somebody walks along them;
 * what was evicted meanwhile is not among them any more.
 */
export const chosenMessages = (connection: Connection): Generator<MessageView> =>
  messagesIn(connection.model.log, chosenRowsOf(connection))

function* messagesIn(log: MessageLog, chosen: ChosenRows): Generator<MessageView> {
  for (const row of rowNumbers(chosen)) {
    const found = log.rowAt(row)
    if (found?.kind === 'message') yield found.message
  }
}

/** How many messages are chosen and shown. Counted, not looked at: there may be a million. */
export const chosenCount = (connection: Connection): number => {
  const { log, shown, chosen } = chosenRowsOf(connection)
  const isFiltered = connection.model.search.found() !== null
  return chosen.reduce((count, range) => {
    const [from, end] = rowsBetween(log, range)
    // Rows that a filter has found are messages; among all rows there are gaps as well.
    return (
      count + (isFiltered ? shown.placeOf(end) - shown.placeOf(from) : log.messagesFrom(from) - log.messagesFrom(end))
    )
  }, 0)
}

/** What is done to a message is done to all that are chosen, if it is one of them; else to it alone. */
export const meantWith = (connection: Connection, message: MessageView): Iterable<MessageView> =>
  meansSeveral(connection, message) ? chosenMessages(connection) : [message]

/** The messages that are meant with this one, as ranges; what the filter hides in a range of several is not among them. */
export const rangesMeantWith = (connection: Connection, message: MessageView): SequenceRanges =>
  meansSeveral(connection, message) ? connection.get(selectionState).chosen : [rangeOf(message.sequence)]

/** How many messages are meant with this one. */
export const countMeantWith = (connection: Connection, message: MessageView): number =>
  meansSeveral(connection, message) ? Math.max(1, chosenCount(connection)) : 1

/** Adds up the payloads of the chosen messages, a step at a time. */
export interface PayloadSum {
  /** Looks at some thousand more at most; answers whether there are others. */
  advance(): boolean
  bytes(): number
}

export const sumPayloads = (connection: Connection): PayloadSum => {
  const { log } = connection.model
  const spans = spansOf(connection)
  let bytes = 0
  return {
    advance: () => {
      const next = spans.next()
      if (next.done) return false
      const [from, end] = next.value
      bytes += log.payloadBytesBetween(from, end)
      return true
    },
    bytes: () => bytes,
  }
}

/** Rows that are added up at once. */
const spanRows = 4_096

/** Rows of chosen messages that stand one after the other; with a filter each for itself. */
function* spansOf(connection: Connection): Generator<readonly [from: number, end: number], void> {
  const rows = chosenRowsOf(connection)
  if (connection.model.search.found()) {
    for (const row of rowNumbers(rows)) yield [row, row + 1]
    return
  }
  for (const range of rows.chosen) {
    const [from, end] = rowsBetween(rows.log, range)
    for (let row = from; row < end; row += spanRows) yield [row, Math.min(row + spanRows, end)]
  }
}

const meansSeveral = (connection: Connection, { sequence }: MessageView): boolean =>
  holdsSequence(connection.get(selectionState).chosen, sequence)

const chosenRowsOf = (connection: Connection): ChosenRows => ({
  log: connection.model.log,
  shown: shownRows(connection),
  chosen: connection.get(selectionState).chosen,
})

/** Row numbers of chosen rows. They stay right while rows come and are evicted meanwhile. */
function* rowNumbers({ log, shown, chosen }: ChosenRows): Generator<number, void> {
  for (const range of chosen) {
    const [from, end] = rowsBetween(log, range)
    let place = shown.placeOf(from)
    while (place < shown.count()) {
      const row = shown.rowAt(place)
      if (row >= end) break
      yield row
      place = shown.placeOf(row + 1)
    }
  }
}

/** The first row of a range of messages that is kept, and the one after its last; both ends were in the log once. */
export const rowsBetween = (log: MessageLog, { from, to }: SequenceRange): readonly [from: number, end: number] => {
  const first = log.rowOfSequence(from) ?? log.firstKeptRow()
  const last = log.rowOfSequence(to)
  return [first, last === null ? first : last + 1]
}
