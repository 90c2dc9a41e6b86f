import { describe, expect, it } from 'vitest'
import { earlierSession, type Frame } from '#shared/model/frame'
import { createLocalPort } from '../logSearch/localPort'
import { createConnectionModels } from '../connectionModel'
import { frameOfMessages } from './messageLogTesting'

const limits = { bytes: 2 ** 25, rows: null }

const earlier = (frame: Frame, marks: NonNullable<Frame['marks']>): Frame => ({
  ...frame,
  serverSession: earlierSession,
  marks,
})
const noMessages = (sequence: number): Frame => frameOfMessages(sequence, [])

describe('messages from disk', () => {
  it('stand in the log with what is told of them, before those of now, and not in the tree', () => {
    const model = createConnectionModels(limits, createLocalPort()).create()
    const names = { newTopics: ['a'], firstTopicId: 0, topicsFrom: 0 }
    const gap = { cause: 'killed', messages: null, from: 1, to: null } as const
    const read = frameOfMessages(5, [{ topicId: 0, payload: 'old' }])
    model.apply(earlier({ ...read, ...names }, [{ kind: 'earlier', messages: 4, from: 1 }]))
    model.apply(earlier(noMessages(0), [{ kind: 'gap', gap }]))
    model.apply(earlier(noMessages(6), [{ kind: 'now', time: 2 }]))
    expect(model.tree.find('a')).toBeFalsy()
    model.apply({
      ...frameOfMessages(6, [{ topicId: 9, payload: 'new' }]),
      newTopics: ['a'],
      firstTopicId: 9,
      topicsFrom: 9,
    })
    const { log } = model
    const rows = Array.from({ length: log.endRow() - log.firstRow() }, (_, index) => log.rowAt(log.firstRow() + index))
    expect(rows.map((row) => (row?.kind === 'mark' ? row.mark.kind : row?.kind))).toEqual([
      'earlier',
      'message',
      'gap',
      'now',
      'message',
    ])
    // One topic is one number, however the messages came.
    expect(log.previousOf(6)?.sequence).toBe(5)
    expect(model.tree.find('a')).toBeTruthy()
  })
})
