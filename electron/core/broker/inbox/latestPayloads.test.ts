import { describe, expect, it } from 'vitest'
import { newEntry } from '../message/topicTable'
import { createLatestPayloads } from './latestPayloads'

const message = (topic: string, payload: string | Buffer) => {
  const source = Buffer.concat([Buffer.from('before'), Buffer.from(payload), Buffer.from('behind')])
  return { topic: newEntry(0, topic), source, payloadStart: 6, end: source.length - 6 }
}

describe('the latest payloads', () => {
  it('are kept only while somebody follows', () => {
    const latest = createLatestPayloads()
    latest.note(message('a', '1'))
    const followed = latest.follow()
    const other = latest.follow()
    expect(followed.of('a')).toBeUndefined()
    latest.note(message('a', '2'))
    latest.note(message('a', '3'))
    expect(followed.of('a')).toBe('3')
    followed.stop()
    followed.stop()
    expect(other.of('a')).toBe('3')
    other.stop()
    expect(latest.follow().of('a')).toBeUndefined()
  })

  it('are copies of bytes that are used again', () => {
    const latest = createLatestPayloads()
    const followed = latest.follow()
    const sent = message('a', 'x')
    latest.note(sent)
    sent.source.fill(0)
    expect(followed.of('a')).toBe('x')
  })

  it('have a limit, beyond which the topic goes that was longest without a message', () => {
    const latest = createLatestPayloads()
    const followed = latest.follow()
    const large = Buffer.alloc(30 * 2 ** 20, 'x')
    latest.note(message('a', large))
    latest.note(message('b', large))
    latest.note(message('a', 'small'))
    latest.note(message('c', large))
    expect(followed.of('b')?.length).toBe(large.length)
    latest.note(message('d', large))
    expect([followed.of('b'), followed.of('a')]).toEqual([undefined, 'small'])
    expect(followed.of('d')?.length).toBe(large.length)
  })
})
