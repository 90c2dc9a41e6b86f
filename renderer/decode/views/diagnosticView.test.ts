import { expect, it } from 'vitest'
import { diagnosticView } from './diagnosticView'

const opened = (bytes: readonly number[]) => {
  const all = Uint8Array.from(bytes)
  return diagnosticView.open({ bytes: all, isCut: false, payloadBytes: all.length }).content()
}

it('shows CBOR as it is encoded', () => {
  expect(opened([0xbf, 0x61, 0x74, 0xc1, 0xf9, 0x3c, 0, 0xff]).copyText()).toBe('{_ "t": 1(1.0)}')
})

it('shows what is no CBOR in hex, with the byte to blame', () => {
  const content = opened([0x82, 0x01])
  expect(content.notes).toEqual([{ key: 'diagnostic.notCbor', values: { offset: 2 } }])
  expect(content.lines.at(0).text).toContain('82 01')
})

it('shows no CBOR of which only the head is here', () => {
  const bytes = Uint8Array.from([0x82, 0x01])
  const content = diagnosticView.open({ bytes, isCut: true, payloadBytes: 2 ** 30 }).content()
  expect(content.notes).toContainEqual({ key: 'diagnostic.tooLarge' })
})
