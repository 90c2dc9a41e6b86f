import { describe, expect, it } from 'vitest'
import { fileOf } from './exportMessages'
import { messageOf } from './messageTesting'

const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

describe('a file of messages', () => {
  it('is counted as it is written, and a file that would be too large is none', async () => {
    const heads = messageOf('x', { payloadBytes: 2 ** 21 })
    const written = await fileOf([messageOf('a'), heads], 'jsonLines')
    expect([written?.messages, written?.heads]).toEqual([2, 1])
    expect(decode(written?.bytes).split('\n')).toHaveLength(3)
    expect(await fileOf([messageOf('a'.repeat(100))], 'csv', { limit: 100 })).toBeNull()
  })

  it('is whole where it is made of several blocks, also where a message is larger than one', async () => {
    const payloads = ['a'.repeat(700_000), 'b'.repeat(2 ** 20), 'c', 'd'.repeat(700_000)]
    const written = await fileOf(
      payloads.map((payload) => messageOf(payload)),
      'jsonLines',
    )
    const lines = decode(written?.bytes).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { payload: string }).payload)).toEqual(payloads)
  })

  it('is none once nobody wants it any more', async () => {
    const told: number[] = []
    const advance = (done: number) => told.push(done) < 3
    expect(
      await fileOf(
        Array.from({ length: 9 }, () => messageOf('a')),
        'csv',
        { advance },
      ),
    ).toBeNull()
    expect(told).toEqual([1, 2, 3])
  })
})
