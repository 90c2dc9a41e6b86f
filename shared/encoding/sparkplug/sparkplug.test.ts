import fc from 'fast-check'
import { get as getWitness } from 'sparkplug-payload'
import { describe, expect, it } from 'vitest'
import { formatHex } from '#shared/mqtt/payloadText'
import { decodeJson, jsonSentAs } from '../decodedJson'
import { encodeJson } from '../encodedJson'

const witness = getWitness('spBv1.0')
if (!witness) throw new Error('The other decoder is not there.')

const bytesOf = (payload: unknown): Uint8Array => {
  const encoded = encodeJson(typeof payload === 'string' ? payload : JSON.stringify(payload), 'sparkplug')
  if (!encoded.ok) throw new Error(`${encoded.detail} at ${encoded.position}`)
  return encoded.bytes
}

/** A value of each data type that another decoder reads as it was. */
const metric = fc.oneof(
  ...(
    [
      ['Int8', fc.integer({ min: -128, max: 127 })],
      ['Int16', fc.integer({ min: -32_768, max: 32_767 })],
      ['Int32', fc.integer()],
      ['UInt8', fc.nat(255)],
      ['UInt16', fc.nat(65_535)],
      ['UInt32', fc.nat()],
      ['Float', fc.float({ noNaN: true, noDefaultInfinity: true })],
      ['Double', fc.double({ noNaN: true, noDefaultInfinity: true })],
      ['Boolean', fc.boolean()],
      ['String', fc.string()],
      ['Text', fc.string()],
      ['UUID', fc.uuid()],
    ] as const
  ).map(([dataType, values]) =>
    fc.record({
      name: fc.string({ minLength: 1 }),
      timestamp: fc.nat(),
      dataType: fc.constant(dataType),
      value: values,
    }),
  ),
)
const payload = fc.record({ timestamp: fc.nat(), metrics: fc.array(metric, { maxLength: 5 }), seq: fc.nat(255) })

/** The decoder has unsigned integers of 32 bits as objects where the package is there that it makes them with. */
const numberOf = (value: unknown): unknown => (isLong(value) ? value.toNumber() : value)
const isLong = (value: unknown): value is { toNumber(): number } =>
  typeof value === 'object' && value !== null && 'toNumber' in value

describe('a payload of Sparkplug B', () => {
  it('is read by another decoder as what was written', () => {
    fc.assert(
      fc.property(payload, (written) => {
        fc.pre(written.metrics.every(({ value }) => !Object.is(value, -0)))
        const read = witness.decodePayload(bytesOf(written))
        expect(Number(read.timestamp)).toBe(written.timestamp)
        expect(Number(read.seq)).toBe(written.seq)
        expect(read.metrics?.map(({ name, type, value }) => [name, type, numberOf(value)])).toEqual(
          written.metrics.map(({ name, dataType, value }) => [name, dataType, value]),
        )
      }),
    )
  })

  it('is read from another encoder, and sent again as the same bytes', () => {
    const theirs = witness.encodePayload({
      timestamp: 1_700_000_000_000,
      seq: 7,
      metrics: [
        { name: 'Node Control/Rebirth', type: 'Boolean', value: true },
        { name: 'Temperature', type: 'Double', value: 21.5 },
        { name: 'Count', type: 'Int32', value: -3 },
      ],
    })
    const read = decodeJson(theirs, 'sparkplug')
    expect(read.ok && JSON.parse(read.text)).toMatchObject({
      timestamp: 1_700_000_000_000,
      seq: 7,
      metrics: [
        { name: 'Node Control/Rebirth', dataType: 'Boolean', value: true },
        { name: 'Temperature', dataType: 'Double', value: 21.5 },
        { name: 'Count', dataType: 'Int32', value: -3 },
      ],
    })
    const again = jsonSentAs(theirs, 'sparkplug')
    expect(again.ok && formatHex(bytesOf(again.text))).toBe(formatHex(theirs))
  })

  it('keeps every digit of 64 bits, bytes and null', () => {
    const text =
      '{"metrics":[{"name":"a","dataType":"Int64","value":-9223372036854775808},' +
      '{"name":"b","dataType":"UInt64","value":18446744073709551615},{"name":"c","dataType":"Bytes","value":{"$hex":"00ff"}},' +
      '{"name":"d","dataType":"Int8","value":null}],"uuid":"x","body":{"$hex":"01"}}'
    expect(decodeJson(bytesOf(text), 'sparkplug')).toEqual({ ok: true, text })
  })

  it.each([
    ['a list', '[1]', 0],
    ['a member that a payload has not', '{"sequence": 1}', 13],
    ['a data type that there is not', '{"metrics":[{"name":"a","dataType":"Number","value":1}]}', 35],
    ['a value without a data type', '{"metrics":[{"name":"a","value":1}]}', 32],
    ['a value that its data type does not hold', '{"metrics":[{"dataType":"Int8","value":128}]}', 39],
    ['half a number in an integer', '{"metrics":[{"dataType":"Int8","value":1.5}]}', 39],
  ])('is not made of %s, and says where', (_name, text, position) => {
    expect(encodeJson(text, 'sparkplug')).toEqual({ ok: false, problem: 'encoding', detail: 'notSparkplug', position })
  })

  it('is read from any bytes, or said to be none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const read = jsonSentAs(bytes, 'sparkplug')
        if (read.ok && bytes.length > 0) expect(bytesOf(read.text)).toEqual(bytes)
      }),
    )
  })
})
