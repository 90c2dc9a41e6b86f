// Why it is so: build/docs/decisions/66-events-stand-between-the-rows.md
import type { RowSource } from '../../../model/logSearch/foundRows'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { SessionEvent } from '../../../model/sessionEvents'

/** An event and its row in the list. */
export interface PlacedEvent {
  /** Between the numbers of the rows of the log that stand before and after it, so it is no whole number. */
  readonly row: number
  readonly event: SessionEvent
}

/**
 * Where events stand: each before the first message that came after it. As long as none came after an event its row may
 * still move on, because messages that were on their way come late; from then on it is known and kept.
 */
export const createEventPlaces = (log: MessageLog) => {
  const known = new Map<number, number>()
  const rowOf = ({ number, at }: SessionEvent): number => {
    const settled = known.get(number)
    if (settled !== undefined) return settled
    const after = log.rowAfter(at)
    // Whatever stood before it is gone, and the place of the event with it.
    if (after === log.firstKeptRow() && log.firstRow() < after) {
      known.set(number, -Infinity)
      return -Infinity
    }
    const row = (after ?? log.endRow()) - 1 + firstPart + number * step
    if (after !== null) known.set(number, row)
    return row
  }
  /** Those whose place was not evicted, in the order of their rows. */
  return (events: readonly SessionEvent[]): readonly PlacedEvent[] =>
    events.map((event) => ({ row: rowOf(event), event })).filter(({ row }) => row > log.firstKeptRow() - 1)
}

/** Events between the same two rows differ by steps, of which a number of rows up to a hundred millions keeps all. */
const firstPart = 0.25
const step = 2 ** -22

export const isEventRow = (row: number): boolean => !Number.isInteger(row)

/** The rows of a list with events between them. Nothing is copied: an event is found by its row. */
export const withEvents = (source: RowSource, placed: readonly PlacedEvent[]): RowSource => {
  const placeOfEvent = (index: number) => source.placeOf(Math.ceil(placed[index]?.row ?? Infinity)) + index
  return {
    count: () => source.count() + placed.length,
    rowAt: (place) => {
      const before = countWhile(placed.length, (index) => placeOfEvent(index) <= place)
      const event = placed[before - 1]
      return event && placeOfEvent(before - 1) === place ? event.row : source.rowAt(place - before)
    },
    placeOf: (row) =>
      source.placeOf(Math.ceil(row)) + countWhile(placed.length, (index) => (placed[index]?.row ?? Infinity) < row),
  }
}

/** How many of the first indexes it holds for; it holds for none after one that it does not hold for. */
const countWhile = (count: number, holds: (index: number) => boolean): number => {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
