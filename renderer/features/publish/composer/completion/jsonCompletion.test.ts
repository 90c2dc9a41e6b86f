import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { encodeJson } from '#shared/encoding/encodedJson'
import type { PayloadFormat } from '#shared/model/publish'
import { createMessageLog } from '../../../../model/messageLog/messageLog'
import { frameOfMessages } from '../../../../model/messageLog/messageLogTesting'
import { completionsFor } from './jsonCompletion'
import { lastValues } from './seenValues'

type Payload = string | Uint8Array

/** What is offered at `|` in a text, on a topic whose messages said this, the newest last. */
const offeredAt = (marked: string, payloads: readonly Payload[], given: Given = {}) => {
  const { format = 'json', topic = 'a', explicit = true } = given
  const log = createMessageLog({ topicNames: ['a', 'b'], matchSets: [[]], limits: { bytes: 2 ** 25, rows: null } })
  log.append(
    frameOfMessages(
      1,
      payloads.map((payload) => ({ topicId: 0, payload })),
    ),
  )
  const pos = marked.indexOf('|')
  const state = EditorState.create({ doc: marked.replace('|', '') })
  const seen = () => lastValues(log, topic, format)
  const found = completionsFor({ pos, explicit, state }, seen)
  return {
    labels: found?.options.map(({ label }) => label) ?? [],
    /** The text with the first of them in it. */
    applied: () => {
      const apply = found?.options[0]?.apply ?? found?.options[0]?.label
      if (!found || typeof apply !== 'string') throw new Error('Nothing is offered.')
      const { from, to = pos } = found
      return state.sliceDoc(0, from) + apply + state.sliceDoc(to)
    },
  }
}
interface Given {
  readonly format?: PayloadFormat
  readonly topic?: string
  readonly explicit?: boolean
}

const said = [
  '{"state": "off", "old": 1}',
  '{"state": "on", "axes": [{"x": 1.50}, {"y": null}], "id": 18446744073709551615}',
]

describe('completion of JSON', () => {
  it('offers the keys that the last messages have in the same object, those of the newest first', () => {
    expect(offeredAt('{|', said).labels).toEqual(['"state"', '"axes"', '"id"', '"old"'])
    expect(offeredAt('{"axes": [{"|', said).labels).toEqual(['"x"', '"y"'])
  })

  it('offers the values that a key had, every digit of them', () => {
    expect(offeredAt('{"state": |', said).labels).toEqual(['"on"', '"off"'])
    expect(offeredAt('{"id": 1|', said).labels).toEqual(['18446744073709551615'])
    expect(offeredAt('{"axes": [{"x": |', said).labels).toEqual(['1.50'])
  })

  it('writes a key with its colon, and in the place of what stands there already', () => {
    expect(offeredAt('{"st|', said).applied()).toBe('{"state": ')
    expect(offeredAt('{"st|": 1}', said).applied()).toBe('{"state": 1}')
    expect(offeredAt('{"state": "o|"}', said).applied()).toBe('{"state": "on"}')
    expect(offeredAt('{"st|, "b": 1}', said).applied()).toBe('{"state": , "b": 1}')
  })

  it('stays away until something is typed or it is asked for', () => {
    expect(offeredAt('{|', said, { explicit: false }).labels).toEqual([])
    expect(offeredAt('{"|', said, { explicit: false }).labels).toHaveLength(4)
  })

  it('knows no other topic, and no message that is not JSON', () => {
    expect(offeredAt('{|', said, { topic: 'b' }).labels).toEqual([])
    expect(offeredAt('{|', ['{"broken', 'text', '']).labels).toEqual([])
  })

  it.each(['cbor', 'messagePack'] as const)('reads messages in %s where that is written', (format) => {
    const encoded = encodeJson('{"state": "on"}', format)
    if (!encoded.ok) throw new Error(encoded.detail)
    expect(offeredAt('{|', [encoded.bytes], { format }).labels).toEqual(['"state"'])
    expect(offeredAt('{|', [encoded.bytes]).labels).toEqual([])
  })
})
