import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { selectionState, selectSelectedSequence, selectSelectedTopic } from '../../../state/selection'
import { openTestWindow } from '../../../testing/testWindow'
import { inspectedState } from './inspectedState'

const topics = ['plant', 'plant/line1', 'plant/line2', 'other']

type Act =
  | { readonly kind: 'batch'; readonly topicIds: readonly number[] }
  | { readonly kind: 'topic'; readonly topicId: number }
  /** The message so many before the newest, if there are as many. */
  | { readonly kind: 'message'; readonly before: number }
  | { readonly kind: 'follow' }
  | { readonly kind: 'letGo' }

const topicId = fc.nat(topics.length - 1)
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('batch' as const), topicIds: fc.array(topicId, { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('topic' as const), topicId }),
    fc.record({ kind: fc.constant('message' as const), before: fc.nat(6) }),
    fc.constantFrom<Act>({ kind: 'follow' }, { kind: 'letGo' }),
  ),
  { maxLength: 15 },
)

/** What tree, log and details should say, told in the plainest way. */
interface Expected {
  sent: string[]
  row: string | null
  message: number | null
}

const isWithin = (topic: string, row: string) => topic === row || topic.startsWith(`${row}/`)

const step = (expected: Expected, act: Act) => {
  const { sent, message } = expected
  const topicOf = (sequence: number) => sent[sequence - 1] ?? ''
  if (act.kind === 'batch') sent.push(...act.topicIds.map((id) => topics[id] ?? ''))
  else if (act.kind === 'topic') Object.assign(expected, { row: topics[act.topicId], message: null })
  else if (act.kind === 'letGo') expected.row = null
  else if (act.kind === 'follow') {
    if (message !== null) Object.assign(expected, { row: topicOf(message), message: null })
  } else if (act.before < sent.length) {
    expected.message = sent.length - act.before
    if (expected.row !== null && !isWithin(topicOf(expected.message), expected.row)) expected.row = null
  }
}

const shownOf = ({ sent, row, message }: Expected) => {
  if (message !== null) return [message, 'selected']
  const latest = row === null ? 0 : sent.lastIndexOf(row) + 1
  return latest === 0 ? null : [latest, 'latest']
}

describe('tree, log and details', () => {
  it('never contradict each other, whatever is chosen and whatever comes', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const { connection, receive } = openTestWindow()
        const expected: Expected = { sent: [], row: null, message: null }
        const selection = () => connection.get(selectionState)
        const inspected = () => connection.get(inspectedState).inspected
        inspected()
        for (const act of sequence) {
          const count = expected.sent.length
          if (act.kind === 'batch') {
            const names = { firstTopicId: 0, newTopics: topics, firstMatchSetId: 0, newMatchSets: [[]] }
            receive([
              frameOfMessages(
                count + 1,
                act.topicIds.map((id) => ({ topicId: id, payload: 'x' })),
                names,
              ),
            ])
          } else if (act.kind === 'topic') selection().selectTopic(topics[act.topicId] ?? '')
          else if (act.kind === 'letGo') selection().selectTopic(null)
          else if (act.kind === 'follow') {
            const shown = inspected()
            if (shown?.origin === 'selected') selection().selectTopic(shown.message.topic)
          } else if (act.before < count) selection().selectMessage(count - act.before)
          step(expected, act)
          const shown = inspected()
          expect(shown && [shown.message.sequence, shown.origin]).toEqual(shownOf(expected))
          expect(selectSelectedTopic(selection())).toBe(expected.row)
          expect(selectSelectedSequence(selection())).toBe(expected.message)
          // What the details show lies in the row that the tree shows.
          if (shown && expected.row !== null) expect(isWithin(shown.message.topic, expected.row)).toBe(true)
        }
      }),
    )
  })

  it('know what was shown before another choice, not before the next message of a topic', () => {
    const { connection, receive } = openTestWindow()
    const names = { firstTopicId: 0, newTopics: topics, firstMatchSetId: 0, newMatchSets: [[]] }
    const before = () => connection.get(inspectedState).shownBefore?.sequence ?? null
    receive([
      frameOfMessages(
        1,
        [
          { topicId: 0, payload: 'x' },
          { topicId: 1, payload: 'y' },
        ],
        names,
      ),
    ])
    before()
    const { selectTopic, selectMessage } = connection.get(selectionState)
    selectTopic('plant')
    receive([frameOfMessages(3, [{ topicId: 0, payload: 'z' }], { firstTopicId: 4, firstMatchSetId: 1 })])
    expect(before()).toBeNull()
    selectMessage(2)
    expect(before()).toBe(3)
  })
})
