import { describe, expect, it } from 'vitest'
import { fail, ok } from '#shared/result'
import { noticesState } from '../../../state/notices'
import { openTestWindow } from '../../../testing/testWindow'
import { exportMessages, writeMessages } from './exportMessages'
import { exportState } from './exportState'
import { messageOf } from './messageTesting'

const textOf = (pieces: readonly Uint8Array[]) => pieces.map((piece) => new TextDecoder().decode(piece)).join('')

/** A file that takes pieces. */
const fileIn = () => {
  const pieces: Uint8Array[] = []
  return {
    pieces,
    text: () => textOf(pieces),
    append: (bytes: Uint8Array) => {
      pieces.push(bytes.slice())
      return Promise.resolve(ok(null))
    },
    advance: () => true,
  }
}

describe('a file of messages', () => {
  it('is counted as it is written', async () => {
    const file = fileIn()
    const heads = messageOf('x', { payloadBytes: 2 ** 21 })
    expect(await writeMessages([messageOf('a'), heads], 'jsonLines', file)).toEqual(ok({ messages: 2, heads: 1 }))
    expect(file.text().split('\n')).toHaveLength(3)
  })

  it('is whole in pieces of a bounded size, also where a message is larger than one', async () => {
    const file = fileIn()
    const payloads = [
      'a'.repeat(300_000),
      'b'.repeat(2 ** 20),
      'c',
      'd'.repeat(300_000),
      ...Array.from({ length: 9 }, () => 'e'.repeat(99_999)),
    ]
    await writeMessages(
      payloads.map((payload) => messageOf(payload)),
      'jsonLines',
      file,
    )
    const lines = file.text().trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { payload: string }).payload)).toEqual(payloads)
    expect(file.pieces.length).toBeGreaterThan(3)
    expect(Math.max(...file.pieces.map(({ length }) => length))).toBeLessThan(2 ** 20 + 1_000)
    for (const piece of file.pieces) expect(piece.buffer.byteLength).toBe(piece.length)
  })

  it('is given up once nobody wants it any more', async () => {
    const told: number[] = []
    const advance = (done: number) => told.push(done) < 3
    const messages = Array.from({ length: 9 }, () => messageOf('a'))
    expect(await writeMessages(messages, 'csv', { ...fileIn(), advance })).toEqual(ok(null))
    expect(told).toEqual([1, 2, 3])
  })

  it('ends at the first piece that could not be written', async () => {
    const full = fail('storageFailed', 'Disk full.')
    let asked = 0
    const append = () => {
      asked += 1
      return Promise.resolve(full)
    }
    const messages = Array.from({ length: 9 }, () => messageOf('a'.repeat(400_000)))
    expect(await writeMessages(messages, 'csv', { append, advance: () => true })).toEqual(full)
    expect(asked).toBe(1)
  })
})

describe('an export', () => {
  const exported = (count: number) => ({
    messages: Array.from({ length: count }, () => messageOf('a'.repeat(100_000))),
    count,
    format: 'jsonLines' as const,
  })
  const begun = { 'file.begin': () => ok('token') }

  it('is finished and told', async () => {
    const { app, connection, main } = openTestWindow({ answers: begun })
    await exportMessages(connection, exported(20))
    expect(main.inputsOf('file.append').length).toBeGreaterThan(3)
    expect(main.inputsOf('file.finish')).toEqual([{ fileToken: 'token' }])
    expect(main.inputsOf('file.abandon')).toEqual([])
    const [notice] = app.get(noticesState).all
    expect(notice?.content).toMatchObject({ text: { key: 'log.export.done', values: { messages: 20 } } })
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const window = openTestWindow({ answers: begun })
    const { connection, main } = window
    main.answer({
      'file.append': () => {
        connection.get(exportState).cancel()
        return ok(null)
      },
    })
    await exportMessages(connection, exported(20))
    expect(main.inputsOf('file.append')).toHaveLength(1)
    expect(main.inputsOf('file.abandon')).toEqual([{ fileToken: 'token' }])
    expect(main.inputsOf('file.finish')).toEqual([])
  })

  it('does nothing where no file is chosen', async () => {
    const { connection, main } = openTestWindow({ answers: { 'file.begin': () => ok(null) } })
    await exportMessages(connection, exported(2))
    expect(main.inputsOf('file.append')).toEqual([])
    expect(connection.get(exportState).running).toBeNull()
  })
})
