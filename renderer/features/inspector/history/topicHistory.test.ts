import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessageLog } from '../../../model/messageLog/messageLog'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { createTopicHistory } from './topicHistory'

const openLog = () => {
  const topics = ['a', 'b', 'c']
  const log = createMessageLog({ topicNames: topics, matchSets: [[]], limits: { bytes: 2 ** 25, rows: null } })
  let sequence = 1
  return {
    log,
    nameTopic: (topic: string) => topics.push(topic),
    append: (topicIds: readonly number[]) => {
      if (topicIds.length > 0)
        log.append(
          frameOfMessages(
            sequence,
            topicIds.map((topicId) => ({ topicId, payload: 'x' })),
          ),
        )
      sequence += topicIds.length
    },
    keep: (rows: number) => log.setBudget({ bytes: 2 ** 25, rows }),
    rowsOf: (topic: string) => {
      const rows: number[] = []
      for (let row = log.firstKeptRow(); row < log.endRow(); row += 1) {
        const found = log.rowAt(row)
        if (found?.kind === 'message' && found.message.topic === topic) rows.push(row)
      }
      return rows
    },
  }
}

describe('the history of a topic', () => {
  it('is what the log keeps of it, whatever comes and is evicted meanwhile', () => {
    const batch = fc.array(fc.nat(2), { maxLength: 20 })
    const act = fc.oneof(batch, fc.integer({ min: 1, max: 30 }))
    fc.assert(
      fc.property(batch, fc.array(act, { maxLength: 8 }), (first, acts) => {
        const { log, append, keep, rowsOf } = openLog()
        append(first)
        const history = createTopicHistory(log, 'b')
        for (const next of acts) {
          if (typeof next === 'number') keep(next)
          else append(next)
          while (!history.advance(5));
          const rows = rowsOf('b')
          expect(Array.from({ length: history.count() }, (_, place) => history.rowAt(place))).toEqual(rows)
          for (let row = log.firstRow(); row <= log.endRow(); row += 1)
            expect(history.placeOf(row)).toBe(rows.filter((one) => one < row).length)
        }
      }),
    )
  })

  it('has what comes on a topic that gets its number only then', () => {
    const { log, append, nameTopic } = openLog()
    const history = createTopicHistory(log, 'd')
    append([0, 1])
    expect([history.advance(5), history.count()]).toEqual([true, 0])
    nameTopic('d')
    append([3, 0])
    expect([history.advance(5), history.count(), history.rowAt(0)]).toEqual([true, 1, 2])
  })

  it('is found from the newest on, a part at a time', () => {
    const { log, append, rowsOf } = openLog()
    for (let batch = 0; batch < 10; batch += 1) append(Array.from({ length: 1_000 }, (_, index) => index % 3))
    const history = createTopicHistory(log, 'c')
    expect(history.advance(0)).toBe(false)
    const [found, rows] = [history.count(), rowsOf('c')]
    expect(found).toBeGreaterThan(0)
    expect(history.rowAt(0)).toBe(rows[rows.length - found])
    while (!history.advance(0));
    expect(history.count()).toBe(rows.length)
  })
})
