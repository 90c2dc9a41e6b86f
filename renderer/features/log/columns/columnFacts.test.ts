import { describe, expect, it } from 'vitest'
import { frameOfMessages, type GivenMessage } from '../../../model/messageLog/messageLogTesting'
import { createMessageLog } from '../../../model/messageLog/messageLog'
import { messageColumns } from '../messageColumns'
import { createColumnFacts } from './columnFacts'

const topics = ['t', 'plant/line1/press/temperature', '住家/客廳/溫度/感測器/一號/二號']

const factsAfter = (messages: readonly GivenMessage[]) => {
  const matchSets = [['a'], ['a', 'b']]
  const log = createMessageLog({ topicNames: topics, matchSets, limits: { bytes: 2 ** 20, rows: null } })
  log.append(frameOfMessages(1, messages))
  const facts = createColumnFacts(messageColumns)
  for (let sequence = 1; sequence <= messages.length; sequence++) {
    const message = log.messageOf(sequence)
    if (message) facts.note(message)
  }
  return facts
}
const plain = { topicId: 0, payload: 'x' }

describe('what the shown messages say of the columns', () => {
  it('leaves out columns that say the same of all', () => {
    expect([...factsAfter([plain, plain]).differing()]).toEqual([])
  })

  it.each([
    ['qos', { ...plain, flags: 1 }],
    ['marks', { ...plain, flags: 1 << 2 }],
    ['direction', { ...plain, flags: 1 << 4 }],
    ['subscriptions', { ...plain, matchSetId: 1 }],
  ])('brings %s with the first message that differs, and keeps it', (id, message) => {
    expect([...factsAfter([plain, message, plain]).differing()]).toContain(id)
  })

  it('gives the topic the room of the longest one in steps, wide characters counted twice', () => {
    const room = (topicId: number) => factsAfter([{ ...plain, topicId }, plain]).topicCharacters()
    expect([room(0), room(1), room(2)]).toEqual([4, 32, 32])
  })
})
