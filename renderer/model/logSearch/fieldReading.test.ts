import { expect, it } from 'vitest'
import { createMessageLog } from '../messageLog/messageLog'
import { frameOfMessages } from '../messageLog/messageLogTesting'
import { createFieldReading } from './fieldReading'
import { createPlacedTest } from './fieldTest'
import { createLogDecoding } from './logDecoding'

const chunkOf = (payloads: readonly (string | Uint8Array)[]) => {
  const log = createMessageLog({ topicNames: ['t'], matchSets: [[]], limits: { bytes: Infinity, rows: null } })
  log.append(
    frameOfMessages(
      1,
      payloads.map((payload) => ({ topicId: 0, payload })),
    ),
  )
  const chunk = log.chunkAt(0)
  if (chunk?.kind !== 'messages') throw new Error('The log has no messages.')
  return chunk
}

it('says the values at paths, and that there is none', () => {
  const reading = createFieldReading([['t'], ['a', 1], []])
  const chunk = chunkOf(['{"t":1.50,"a":["x","\\u00e9"]}', '{"t":null}', 'on', '23.5'])
  expect(reading.read(chunk, 0)).toBe(true)
  expect(reading.valueAt(0)).toEqual({ kind: 'number', text: '1.50' })
  expect(reading.valueAt(1)).toEqual({ kind: 'text', text: 'é' })
  expect(reading.valueAt(2)?.kind).toBe('container')
  expect(reading.read(chunk, 1)).toBe(true)
  expect([reading.valueAt(0), reading.valueAt(1)]).toEqual([{ kind: 'word', text: 'null' }, null])
  expect(reading.read(chunk, 2)).toBe(false)
  expect(reading.valueAt(2)).toBeNull()
  expect(reading.read(chunk, 3)).toBe(true)
  expect(reading.valueAt(2)).toEqual({ kind: 'number', text: '23.5' })
})

it('tests a value where it lies as it tests what is made of it', () => {
  const reading = createFieldReading([['t']])
  const test = createPlacedTest({ op: '>', value: { type: 'number', text: '30' } })
  const chunk = chunkOf(['{"t":31}', '{"t":"30.5"}', '{"t":29}', '{"t":12345678901234567890123}', '{}'])
  const passed = [0, 1, 2, 3, 4].map((index) => reading.read(chunk, index) && reading.passes(0, test))
  expect(passed).toEqual([true, true, false, true, false])
  const made = [0, 1, 2, 3, 4].map((index) => {
    const value = reading.read(chunk, index) ? reading.valueAt(0) : null
    return value !== null && test.passes(value)
  })
  expect(made).toEqual(passed)
})

it('reads fields of payloads that a rule decodes', () => {
  const rule = { id: 'r', filter: 't', decoder: 'cbor', charset: null, schema: null }
  const decoding = createLogDecoding([rule], { topicNames: ['t'], matchSets: [[]] })
  const reading = createFieldReading([['t'], []], decoding)
  const chunk = chunkOf([Uint8Array.of(0xa1, 0x61, 0x74, 0x18, 0x2a), '{"t":1}'])
  expect(reading.read(chunk, 0)).toBe(true)
  expect(reading.valueAt(0)).toEqual({ kind: 'number', text: '42' })
  expect(reading.passes(0, createPlacedTest({ op: '>', value: { type: 'number', text: '30' } }))).toBe(true)
  expect(reading.read(chunk, 1)).toBe(false)
})
