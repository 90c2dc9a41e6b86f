import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHex } from '#shared/mqtt/payloadText'
import { nodeJson } from '../nodeJson'
import type { PayloadNode } from '../payloadNode'
import { compressedBody, decodeSparkplug, metricsByAlias, type FindMetric } from './decodedSparkplug'

const unhex = (hex: string): Uint8Array => {
  const parsed = parseHex(hex)
  if (!parsed.ok) throw new Error(hex)
  return parsed.bytes
}
const nodeOf = (hex: string, find?: FindMetric): PayloadNode => {
  const decoded = decodeSparkplug(unhex(hex), find)
  const [only] = decoded.ok ? decoded.nodes : []
  if (!only) throw new Error(JSON.stringify(decoded))
  return only
}
const saidOf = (hex: string, find?: FindMetric): { metrics: Record<string, unknown>[] } =>
  JSON.parse(nodeJson(nodeOf(hex, find)) ?? '') as { metrics: Record<string, unknown>[] }

/** An edge node is born with a metric of every kind. */
const birth =
  '08a0a3ffecb83312120a05626453657118a0a3ffecb8332008580712230a144e6f646520436f6e74726f6c2f52656269727468100018a0' +
  'a3ffecb833200b700012530a0b54656d7065726174757265100118a0a3ffecb83320094a340a07656e67556e69740a07656e6748696768' +
  '0a075175616c6974791207080c4203c2b043120708092d0000c8421205080318c001650000bc41121d0a07436f756e746572100218a0a3' +
  'ffecb833200458818080808080801012190a064f6666736574100318a0a3ffecb833200350d6ffffff0f12180a05536d616c6c100418a0' +
  'a3ffecb833200150ffffffff0f12210a0c537461746520e78b80e6858b100518a0a3ffecb833200c7a066cc3a4756674121b0a07537461' +
  '72746564100618a0a3ffecb833200d58a0a3ffecb83312160a074d697373696e67100718a0a3ffecb833200a380112180a04426c6f6210' +
  '0818a0a3ffecb83320118201040001fffe125a0a055461626c65100918a0a3ffecb83320108a0145080312044e616d65120556616c7565' +
  '12024f6b180c180a180b22140a033201610a0921000000000000f83f0a02280122140a033201620a092100000000000002c00a02280012' +
  '3c0a0d5f74797065735f2f4d6f746f7218a0a3ffecb83320139201210a03312e3012090a0352504d20035000120d0a04416d7073200965' +
  '00000000280112400a074d6f746f722031100a18a0a3ffecb83320139201290a03312e30120a0a0352504d200350aa0b120d0a04416d70' +
  '732009650000504022054d6f746f722800121d0a054172726179100b18a0a3ffecb833201882010801000000feffffff121f0a09426f6f' +
  '6c4172726179100c18a0a3ffecb83320208201060a000000b0401800'
/** Data by alias alone, one of the values historical. */
const data =
  '0888abffecb833121010011888abffecb8332009650000c241121210021888abffecb833588380808080808010121310031888abffecb8' +
  '332003280150d5ffffff0f1801'
const compressed =
  '08a0a3ffecb83312130a09616c676f726974686d200c7a04475a4950180a221253504256312e305f434f4d505245535345442a331f8b08' +
  '00000000000003e358b0f8ff9b1dc642225cdc21a9b905a9458925a545a90a9ca90c0c7b1c25380199869ffd1f000000'

describe('decodeSparkplug', () => {
  it('reads a birth with values of every kind', () => {
    const { metrics, ...rest } = saidOf(birth)
    expect(rest).toEqual({ timestamp: 1767607620000, seq: 0 })
    expect(metrics.map(({ name, alias, datatype, value }) => [name, alias, datatype, value])).toEqual([
      ['bdSeq', undefined, 'UInt64', 7],
      ['Node Control/Rebirth', 0, 'Boolean', false],
      ['Temperature', 1, 'Float', 23.5],
      ['Counter', 2, 'Int64', 9007199254740992],
      ['Offset', 3, 'Int32', -42],
      ['Small', 4, 'Int8', -1],
      ['State 狀態', 5, 'String', 'läuft'],
      ['Started', 6, 'DateTime', '2026-01-05T10:07:00.000Z'],
      ['Missing', 7, 'Double', null],
      ['Blob', 8, 'Bytes', { $hex: '0001fffe' }],
      [
        'Table',
        9,
        'DataSet',
        {
          num_of_columns: 3,
          columns: ['Name', 'Value', 'Ok'],
          types: ['String', 'Double', 'Boolean'],
          rows: [
            ['a', 1.5, true],
            ['b', -2.25, false],
          ],
        },
      ],
      ['_types_/Motor', undefined, 'Template', expect.objectContaining({ version: '1.0', isDefinition: true })],
      ['Motor 1', 10, 'Template', expect.objectContaining({ templateRef: 'Motor', isDefinition: false })],
      ['Array', 11, 'Int32Array', [1, -2]],
      ['BoolArray', 12, 'BooleanArray', [true, false, true, true, false, false, false, false, false, true]],
    ])
    expect(metrics[2]?.properties).toEqual({ engUnit: '°C', engHigh: 100, Quality: 192 })
    expect(metrics[12]?.value).toMatchObject({
      metrics: [
        { name: 'RPM', value: 1450 },
        { name: 'Amps', value: 3.25 },
      ],
    })
    // JSON.parse has rounded it.
    expect(nodeJson(nodeOf(birth))).toContain('"value":9007199254740993')
  })

  it('reads data by what the birth said of its aliases', () => {
    const known = metricsByAlias(nodeOf(birth))
    expect(known.get('3')).toEqual({ name: 'Offset', type: 'Int32' })
    const { metrics } = saidOf(data, (alias) => known.get(alias) ?? null)
    expect(metrics).toMatchObject([
      { alias: 1, resolvedName: 'Temperature', datatype: 'Float', value: 24.25 },
      { alias: 2, resolvedName: 'Counter' },
      { alias: 3, resolvedName: 'Offset', is_historical: true, value: -43 },
    ])
    expect(nodeJson(nodeOf(data, (alias) => known.get(alias) ?? null))).toContain('"value":9007199254740995')
  })

  it('reads data without a birth as it was sent, and by its type with one', () => {
    const minus43 = '12081003' + '50d5ffffff0f'
    expect(saidOf(minus43).metrics).toEqual([{ alias: 3, value: 4294967253 }])
    const birthOf3 = () => ({ name: 'Offset', type: 'Int32' }) as const
    expect(saidOf(minus43, birthOf3).metrics).toEqual([{ alias: 3, resolvedName: 'Offset', value: -43 }])
  })

  it('finds the payload inside of a compressed one', () => {
    const body = compressedBody(nodeOf(compressed))
    expect(body).toMatchObject({ algorithm: 'gzip' })
    expect(body?.bytes.subarray(0, 3)).toEqual(Uint8Array.of(0x1f, 0x8b, 8))
    expect(compressedBody(nodeOf(birth))).toBeNull()
  })

  it('keeps where a value stands', () => {
    const [temperature] = metricsOf(nodeOf(data))
    const value =
      temperature?.kind === 'map' ? temperature.members.find(({ name }) => name === 'value')?.value : undefined
    expect(value).toMatchObject({ kind: 'number', type: 'Float', digits: '24.25' })
    expect(unhex(data).subarray(value?.offset, (value?.offset ?? 0) + 4)).toEqual(Uint8Array.of(0, 0, 0xc2, 0x41))
  })

  it('reads or refuses whatever bytes there are', () => {
    const mutated = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }).map((changes) => {
      const bytes = unhex(birth)
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte
      return bytes
    })
    fc.assert(
      fc.property(mutated, (bytes) => {
        const decoded = decodeSparkplug(bytes)
        if (decoded.ok) for (const value of decoded.nodes) expect(typeof nodeJson(value)).toBe('string')
        else expect(decoded.offset).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })
})

const metricsOf = (node: PayloadNode): readonly PayloadNode[] => {
  const metrics = node.kind === 'map' ? node.members.find(({ name }) => name === 'metrics')?.value : undefined
  return metrics?.kind === 'list' ? metrics.items : []
}
