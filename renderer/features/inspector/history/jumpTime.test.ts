import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessageLog } from '../../../model/messageLog/messageLog'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { jumpTimeOf, placeAtTime } from './jumpTime'
import { createTopicHistory } from './topicHistory'

const now = new Date(2026, 11, 1, 15, 0).getTime()

describe('a time to jump to', () => {
  it.each([
    ['14:03', new Date(2026, 11, 1, 14, 3).getTime()],
    [' 16:00 ', new Date(2026, 10, 30, 16, 0).getTime()],
    ['-10m', now - 600_000],
    ['-1h30m', now - 5_400_000],
    ['2026-11-30', new Date(2026, 10, 30).getTime()],
  ])('is read from %j', (text, time) => expect(jumpTimeOf(text, now)).toBe(time))

  it.each(['', 'soon', '-', '-10', '-10m x', '25:00'])('is none in %j', (text) =>
    expect(jumpTimeOf(text, now)).toBeNull(),
  )

  it('leads to the first message from then on, else to the last one', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(gaps, fc.integer({ min: -10, max: 3_500 }), (parts, after) => {
        let time = 10_000
        const times = parts.map((part) => (time += part))
        const log = createMessageLog({ topicNames: ['a'], matchSets: [[]], limits: { bytes: 2 ** 25, rows: null } })
        log.append(
          frameOfMessages(
            1,
            times.map((at) => ({ topicId: 0, payload: 'x', time: at })),
          ),
        )
        const history = createTopicHistory(log, 'a')
        while (!history.advance(5));
        const wanted = times.findIndex((one) => one >= 10_000 + after)
        expect(placeAtTime(history, log, 10_000 + after)).toBe(wanted < 0 ? times.length - 1 : wanted)
      }),
    )
  })
})
