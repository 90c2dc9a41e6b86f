import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { decodePacket } from '../shared/mqtt/packet/decodePacket'
import { isPlainlySound } from '../shared/mqtt/packet/plainlySound'
import type { PacketField } from '../shared/mqtt/packet/packetField'
import { createMutations } from './support/mutations'

/** `npm run fuzz` asks for more, and for others. */
const runs = Number(process.env['FUZZ_MUTATIONS'] ?? 10_000)
const seed = Number(process.env['FUZZ_SEED'] ?? 1)

const samples = (
  JSON.parse(readFileSync('test/fixtures/packets/byTshark.json', 'utf8')) as readonly { readonly hex: string }[]
).map(({ hex }) => Uint8Array.from(Buffer.from(hex, 'hex')))

const versions = ['3.1', '3.1.1', '5'] as const

/** What is wrong with what was made of so many bytes; null = every field stands in them, and there are not more than they have room for. */
const excessOf = (fields: readonly PacketField[], length: number): string | null => {
  let count = 0
  const visit = (inside: readonly PacketField[]): string | null => {
    for (const { offset, length: bytes, field, children } of inside) {
      count += 1
      if (offset < 0 || bytes < 0 || offset + bytes > length) return `${field} at ${offset}, ${bytes} long`
      const below = visit(children)
      if (below !== null) return below
    }
    return null
  }
  const stray = visit(fields)
  // A byte is at most a flag byte with its bits, and a text is a length and itself.
  return stray ?? (count > 16 + 8 * length ? `${count} fields` : null)
}

it(`mutated packets (seed ${seed}) are values with byte ranges, and no exception`, () => {
  const mutations = createMutations(seed)
  for (let run = 0; run < runs; run++) {
    const bytes = mutations.of(mutations.pick(samples), samples)
    const from = mutations.pick(['client', 'server', null] as const)
    const version = mutations.pick(versions)
    const told = () => `${version} ${from} ${Buffer.from(bytes).toString('hex')}`
    try {
      const { fields, problems } = decodePacket(bytes, version, { from })
      if (isPlainlySound(bytes, version) && problems.length > 0) expect.fail(`is no plainly sound one: ${told()}`)
      const excess = excessOf(fields, bytes.length)
      if (excess !== null) expect.fail(`${excess}: ${told()}`)
    } catch (error) {
      expect.fail(`${String(error)}: ${told()}`)
    }
  }
})

it('a packet that is made to harm is read no further than anybody would', () => {
  const filters = new Uint8Array(4 * 1_000_000 + 7)
  filters.set([0x82, 0x83, 0xa4, 0xf4, 0x01, 0, 1])
  const { fields } = decodePacket(filters, '3.1.1')
  expect(fields.length).toBeLessThan(30_000)
})
