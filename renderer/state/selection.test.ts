import { describe, expect, it } from 'vitest'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { openTestWindow } from '../testing/testWindow'
import { selectionState, selectSelectedSequence, selectSelectedTopic } from './selection'

const topics = ['plant/line1/t', 'plant/line2/t', 'plant', 'plants/t', '', '/a']

const open = () => {
  const { connection, receive } = openTestWindow()
  receive([
    frameOfMessages(
      1,
      topics.map((_, topicId) => ({ topicId, payload: 'x' })),
      { firstTopicId: 0, newTopics: topics, firstMatchSetId: 0, newMatchSets: [[]] },
    ),
  ])
  const state = () => connection.get(selectionState)
  return {
    topic: (topic: string | null) => state().selectTopic(topic),
    message: (sequence: number | null) => state().selectMessage(sequence),
    messageOn: (topic: string) => state().selectMessage(topics.indexOf(topic) + 1),
    selected: () => [selectSelectedSequence(state()), selectSelectedTopic(state())],
  }
}

describe('the selection', () => {
  it('is what was selected last: a topic lets go of the message, each time', () => {
    const { topic, message, selected } = open()
    for (const [sequence, next] of [
      [1, 'plant/line2/t'],
      [2, 'plant/line1/t'],
      [4, 'plant'],
      [4, 'nothing/here'],
    ] as const) {
      message(sequence)
      topic(next)
      expect(selected()).toEqual([null, next])
    }
  })

  it('keeps the row of the tree beside a message only where the message lies in it', () => {
    const { topic, messageOn, selected } = open()
    for (const [row, of, kept] of [
      ['plant', 'plant/line1/t', true],
      ['plant', 'plant', true],
      ['plant', 'plants/t', false],
      ['plant/line1', 'plant/line2/t', false],
      ['', '/a', true],
      ['', 'plant', false],
    ] as const) {
      topic(row)
      messageOn(of)
      expect([row, of, ...selected()]).toEqual([row, of, topics.indexOf(of) + 1, kept ? row : null])
    }
  })

  it('keeps the message when the row is let go, and nothing when nothing else was selected', () => {
    const { topic, message, selected } = open()
    topic('plant')
    message(1)
    topic(null)
    expect(selected()).toEqual([1, null])
    topic('plant')
    topic(null)
    expect(selected()).toEqual([null, null])
    message(2)
    message(null)
    expect(selected()).toEqual([null, null])
  })
})
