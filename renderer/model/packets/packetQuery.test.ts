import { describe, expect, it } from 'vitest'
import { parsePacketQuery } from './packetQuery'

const now = new Date(2026, 10, 30, 12).getTime()
const testsOf = (text: string) =>
  parsePacketQuery(text, now).terms.map(({ not, test }) => (not ? { not, ...test } : test))

describe('a query of packets', () => {
  it.each([
    ['type:publish', { kind: 'type', type: 'PUBLISH' }],
    ['type:AUTH', { kind: 'type', type: 'AUTH' }],
    ['steps', { kind: 'step' }],
    ['id:7', { kind: 'id', low: 7, high: 7 }],
    ['id:>5', { kind: 'id', low: 6, high: 65_535 }],
    ['size:>1k', { kind: 'size', low: 1_025, high: Number.MAX_SAFE_INTEGER }],
    ['qos:1..2', { kind: 'qos', low: 1, high: 2 }],
    ['topic:plant/#', { kind: 'topic', filter: 'plant/#' }],
    ['topic:"a b"', { kind: 'topic', filter: 'a b' }],
    ['below:plant', { kind: 'below', topic: 'plant' }],
    ['in', { kind: 'direction', direction: 'in' }],
    ['direction:out', { kind: 'direction', direction: 'out' }],
    ['errors', { kind: 'errors' }],
    ['dup', { kind: 'dup' }],
    ['last:5m', { kind: 'after', time: now - 300_000 }],
    ['before:11:00', { kind: 'before', time: now - 3_600_000 }],
    ['-retained', { not: true, kind: 'retained' }],
    ['hello', { kind: 'text', text: 'hello' }],
    ['"type:x"', { kind: 'text', text: 'type:x' }],
    ['http://host', { kind: 'text', text: 'http://host' }],
  ])('%s', (text, test) => {
    expect(testsOf(text)).toEqual([test])
  })

  it('has all of its conditions together', () => {
    expect(testsOf(' type:PUBLISH  -in x ')).toHaveLength(3)
  })

  it.each([
    ['type:', 'valueMissing'],
    ['type:PUBLICATION', 'unknownPacketType'],
    ['direction:up', 'unknownDirection'],
    ['id:x', 'badNumber'],
    ['topic:a/#/b', 'topicFilter'],
    ['after:noon', 'badTime'],
    ['last:x', 'badDuration'],
  ])('%s is told as a slip, and asks for nothing', (text, code) => {
    expect(parsePacketQuery(text, now)).toMatchObject({ terms: [], problem: { code } })
  })
})
