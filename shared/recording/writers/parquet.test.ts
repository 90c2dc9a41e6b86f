import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { mosquittoProperties } from '../mosquittoProperties'
import type { RecordedMessage } from '../recordedMessage'
import { anyMessage, anyTime, written } from '../recordingTesting'
import { createParquetWriter } from './parquet'

const rowsIn = (bytes: Uint8Array) =>
  parquetReadObjects({ file: Uint8Array.from(bytes).buffer, utf8: false }) as Promise<Record<string, unknown>[]>

const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const message: RecordedMessage = {
  time: 1_790_000_000_123_456_789n,
  topic: 'plant/a',
  payload: encodeUtf8('1'),
  qos: 1,
  retain: false,
  dup: false,
  direction: 'in',
  connection: 'c',
  packetId: 7,
  properties: {},
}

describe('Parquet', () => {
  it('is read back with all that messages have', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMessage, { minLength: 1, maxLength: 30 }), async (messages) => {
        const rows = await rowsIn(written(createParquetWriter(), messages))
        expect(rows).toEqual(
          messages.map(({ time, payload, packetId, properties, ...rest }) => {
            const members = mosquittoProperties(properties, textOf)
            const isLate = time !== null && time >= 2n ** 63n
            return {
              ...rest,
              time: new Date(Number((time ?? 0n) / 1_000_000n)),
              t: isLate ? null : time,
              packet_id: packetId,
              payload,
              // What reads it here takes a byte order mark away, which is in the file.
              payload_text: textOf(payload)?.replace(/^\ufeff/, '') ?? null,
              payload_bytes: BigInt(payload.length),
              properties: members && JSON.stringify(members),
            }
          }),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('has a time for every time that 64 bits of microseconds hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyTime, async (time) => {
        const [row] = await rowsIn(written(createParquetWriter(), [{ ...message, time }]))
        const isKept = time >= -(2n ** 63n) && time < 2n ** 63n
        expect(row?.['t']).toBe(isKept ? time : null)
        expect(row?.['time'] === null).toBe(time > 9_223_372_036_854_775_807_999n)
      }),
      { numRuns: 50 },
    )
  })

  it('is a file without messages, too', async () => {
    expect(await rowsIn(written(createParquetWriter(), []))).toEqual([])
  })

  it('writes groups while messages come, and keeps their order', async () => {
    const writer = createParquetWriter({ decoded: true })
    const many = Array.from({ length: 17_000 }, (_, index) => ({
      ...message,
      time: BigInt(index),
      payload: encodeUtf8(String(index)),
      decoded: index % 2 === 0 ? `[${index}]` : null,
    }))
    const pieces = [writer.begin(), ...many.map(writer.message), writer.end?.() ?? new Uint8Array(0)]
    expect(pieces.findIndex((piece, index) => index > 0 && piece.length > 0)).toBe(16_384)
    const rows = await rowsIn(Buffer.concat(pieces))
    expect(rows).toHaveLength(17_000)
    expect(rows.every((row, index) => row['t'] === BigInt(index) && row['payload_text'] === String(index))).toBe(true)
    expect(rows.slice(0, 2).map((row) => row['decoded'])).toEqual(['[0]', null])
  })
})
