import { describe, expect, it } from 'vitest'
import { createConnectionModels } from './connectionModel'
import { frameOfMessages } from './messageLog/messageLogTesting'

const names = { firstTopicId: 0, newTopics: ['a'], firstMatchSetId: 0, newMatchSets: [[]] }

describe('a damaged frame', () => {
  it('is a row of the log that counts its messages, and nothing in the tree', () => {
    const models = createConnectionModels({ bytes: 2 ** 20, rows: null })
    const frame = frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names)
    models.apply({ ...frame, bytes: new Uint8Array() })
    const { log, tree } = models.of('c')
    expect(log.rowAt(0)).toEqual({ kind: 'refused', messages: 1 })
    expect([log.keptCount(), log.refusedCount(), tree.topicCount()]).toEqual([0, 1, 0])
  })

  it('leaves its topics known to the frames that follow', () => {
    const models = createConnectionModels({ bytes: 2 ** 20, rows: null })
    models.apply({ ...frameOfMessages(1, [{ topicId: 0, payload: 'x' }], names), bytes: new Uint8Array() })
    models.apply(frameOfMessages(2, [{ topicId: 0, payload: 'y' }], { firstTopicId: 1, firstMatchSetId: 1 }))
    const { log, tree } = models.of('c')
    expect(log.messageOf(2)?.topic).toBe('a')
    expect(tree.find('a')?.ownMessages).toBe(1)
  })
})
