import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { decodePacket } from '../shared/mqtt/packet/decodePacket'
import { flatFields } from '../shared/mqtt/packet/packetTesting'

/** What tshark 4.0.17 says of packets of every type: names, places and values of its fields (`tshark -T pdml`). */
interface SeenByTshark {
  readonly level: 3 | 4 | 5
  readonly hex: string
  readonly fields: readonly (readonly [name: string, offset: number, length: number, value: string | null])[]
}

const seen = JSON.parse(readFileSync('test/fixtures/packets/byTshark.json', 'utf8')) as readonly SeenByTshark[]
const versions = { 3: '3.1', 4: '3.1.1', 5: '5' } as const
const asBytes = new Set(['mqtt.msg', 'mqtt.willmsg'])

it.each(seen.map((packet) => [packet.hex.slice(0, 40), packet] as const))(
  'the packet %s has the fields that tshark sees in it',
  (_name, { level, hex, fields }) => {
    const { fields: ours, problems } = decodePacket(Uint8Array.from(Buffer.from(hex, 'hex')), versions[level])
    const told = flatFields(ours).map(({ field, offset, length, value }) => [
      field,
      offset,
      length,
      String(value ?? ''),
    ])
    expect(told).toEqual(
      fields.map(([name, offset, length, value]) => {
        const text = value ?? ''
        return [name, offset, length, asBytes.has(name) ? text.replaceAll(':', '') : text]
      }),
    )
    expect(problems).toEqual([])
  },
)
