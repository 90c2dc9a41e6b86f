import { describe, expect, it } from 'vitest'
import { createLocalPort } from './logSearch/localPort'
import { createConnectionModels } from './connectionModel'
import { frameOfMessages } from './messageLog/messageLogTesting'

const names = { firstTopicId: 0, newTopics: ['a'], firstMatchSetId: 0, newMatchSets: [[]] }

describe('a damaged frame', () => {
  it('is a row of the log that counts its messages, and nothing in the tree', () => {
    const model = createConnectionModels({ bytes: 2 ** 20, rows: null }, createLocalPort()).create()
    const frame = frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names)
    model.apply({ ...frame, bytes: new Uint8Array() })
    const { log, tree } = model
    expect(log.rowAt(0)).toEqual({ kind: 'damaged', messages: 1 })
    expect([log.keptCount(), log.damagedCount(), tree.topicCount()]).toEqual([0, 1, 0])
  })

  it('leaves its topics known to the frames that follow', () => {
    const model = createConnectionModels({ bytes: 2 ** 20, rows: null }, createLocalPort()).create()
    model.apply({ ...frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names), bytes: new Uint8Array() })
    model.apply(frameOfMessages(2, [{ topicId: 0, payload: 'y' }], { firstTopicId: 1, firstMatchSetId: 1 }))
    const { log, tree } = model
    expect(log.messageOf(2)?.topic).toBe('a')
    expect(tree.find('a')?.ownMessages).toBe(1)
  })
})
