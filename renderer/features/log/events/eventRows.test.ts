import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allRows } from '../../../model/logSearch/foundRows'
import { createMessageLog } from '../../../model/messageLog/messageLog'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import type { SessionEvent } from '../../../model/sessionEvents'
import { createEventPlaces, isEventRow, withEvents } from './eventRows'

const logOf = (rows: number | null = null) =>
  createMessageLog({ topicNames: ['t'], matchSets: [[]], limits: { bytes: 2 ** 24, rows } })
const eventAt = (at: number, number: number): SessionEvent => ({ number, at, news: { kind: 'disconnected' } })

/** What a list says from top to bottom: times of messages, and events with an e before them. */
const readList = (log: ReturnType<typeof logOf>, events: readonly SessionEvent[]) => {
  const placed = createEventPlaces(log)(events)
  const rows = withEvents(allRows(log, log.endRow()), placed)
  const all = Array.from({ length: rows.count() }, (_, place) => rows.rowAt(place))
  const said = all.map((row) => {
    if (isEventRow(row)) return `e${placed.find((one) => one.row === row)?.event.at ?? '?'}`
    const found = log.rowAt(row)
    return found?.kind === 'message' ? String(found.message.time) : (found?.kind ?? '?')
  })
  return { rows, all, said }
}

describe('events between the rows', () => {
  it('stand where a list sorted by time has them, and each row is found at its place', () => {
    const times = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 30 })
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 5 }), (messages, events, pieces) => {
        const log = logOf()
        const sorted = messages.toSorted((a, b) => a - b)
        for (let start = 0; start < sorted.length; start += pieces)
          log.append(
            frameOfMessages(
              start + 1,
              sorted.slice(start, start + pieces).map((time) => ({ topicId: 0, payload: '', time })),
              { droppedBefore: 0, clockShift: 0 },
            ),
          )
        const told = events.toSorted((a, b) => a - b).map((at, index) => eventAt(at, index + 1))
        const naive = [
          ...sorted.map((at) => ({ at, rank: 0, text: String(at) })),
          ...told.map(({ at }) => ({ at, rank: 1, text: `e${at}` })),
        ].toSorted((one, other) => one.at - other.at || one.rank - other.rank)
        const { rows, all, said } = readList(log, told)
        expect(said).toEqual(naive.map(({ text }) => text))
        all.forEach((row, place) => expect(rows.placeOf(row)).toBe(place))
        expect(all).toEqual([...all].sort((a, b) => a - b))
      }),
    )
  })

  it('keep their row once a message came after them, and move on until then', () => {
    const log = logOf()
    const placesOf = createEventPlaces(log)
    const event = eventAt(15, 1)
    const rowNow = () => Math.ceil(placesOf([event])[0]?.row ?? -1)
    const add = (sequence: number, time: number) =>
      log.append(frameOfMessages(sequence, [{ topicId: 0, payload: '', time }]))
    add(1, 10)
    expect(rowNow()).toBe(1)
    add(2, 12)
    expect(rowNow()).toBe(2)
    add(3, 20)
    add(4, 30)
    expect(rowNow()).toBe(2)
  })

  it('go with the messages that they stood between', () => {
    const log = logOf(2)
    const messages = [10, 20, 30, 40].map((time) => ({ topicId: 0, payload: '', time }))
    log.append(frameOfMessages(1, messages))
    expect(readList(log, [eventAt(15, 1), eventAt(25, 2), eventAt(35, 3), eventAt(45, 4)]).said).toEqual([
      'evicted',
      '30',
      'e35',
      '40',
      'e45',
    ])
  })
})
