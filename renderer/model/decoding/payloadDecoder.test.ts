import { expect, it } from 'vitest'
import { createItemDecoder, type PayloadToDecode } from './decodeItems'
import { createPayloadDecoder } from './payloadDecoder'
import type { DecodingRule } from './ruleDecoder'

const rule = (id: string, decoder: string): DecodingRule => ({ id, filter: '#', decoder, charset: null, schema: null })
const item = (by: PayloadToDecode['by'], bytes: readonly number[]): PayloadToDecode => ({
  by,
  bytes: Uint8Array.from(bytes),
  wants: 'line',
})

/** Threads that decode at once, but for a payload that begins with 0xff, which they never answer; and a clock the test turns. */
const createBench = () => {
  const timers = new Set<() => void>()
  let started = 0
  const decoder = createPayloadDecoder({
    startThread: () => {
      started += 1
      const items = createItemDecoder()
      let answer: (list: ReturnType<typeof items.decode>[]) => void = () => undefined
      return {
        post: (request) => {
          if (request.kind === 'rules') items.take(request.rules)
          else if (request.items.every(({ bytes }) => bytes[0] !== 0xff)) answer(request.items.map(items.decode))
        },
        listen: (listener) => (answer = listener),
        end: () => undefined,
      }
    },
    later: (run) => {
      timers.add(run)
      return () => timers.delete(run)
    },
  })
  return { decoder, started: () => started, runOut: () => [...timers].forEach((run) => run()) }
}

it('decodes by rules and without one, and names byte and reason of a failure', async () => {
  const { decoder } = createBench()
  decoder.setRules([rule('a', 'cbor')])
  expect(
    await decoder.decode([
      item({ ruleId: 'a' }, [0xa1, 0x61, 0x74, 0x18, 0x2a]),
      item({ decoder: 'msgpack' }, [0x81, 0xa1, 0x74, 0x2a]),
      item({ ruleId: 'a' }, [0xa1, 0x61]),
    ]),
  ).toEqual([
    { ok: true, json: '{"t":42}', isCut: false, nodes: [], unpacked: null },
    { ok: true, json: '{"t":42}', isCut: false, nodes: [], unpacked: null },
    { ok: false, at: 'cbor', reason: 'cutShort', offset: 2 },
  ])
})

it('follows a change of the rules', async () => {
  const { decoder } = createBench()
  decoder.setRules([rule('a', 'u8')])
  await decoder.decode([item({ ruleId: 'a' }, [42])])
  decoder.setRules([rule('a', 'hex')])
  expect(await decoder.decode([item({ ruleId: 'a' }, [0x34, 0x32])])).toMatchObject([{ json: '{"$hex":"42"}' }])
})

it('blames only the payload whose decoding does not end, and goes on with the others', async () => {
  const bench = createBench()
  const decoded = bench.decoder.decode([
    item({ decoder: 'u8' }, [1]),
    item({ decoder: 'u8' }, [0xff]),
    item({ decoder: 'u8' }, [3]),
  ])
  bench.runOut()
  await Promise.resolve()
  bench.runOut()
  expect(await decoded).toMatchObject([{ json: '1' }, { ok: false, reason: 'tookTooLong' }, { json: '3' }])
  expect(bench.started()).toBe(3)
})
