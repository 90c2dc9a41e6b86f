import { describe, expect, it } from 'vitest'
import { readDecoderName } from '#shared/decoding/decodeAs'
import { decoders } from '#shared/decoding/decoders'
import { fronts } from '#shared/decoding/fronts'
import { draftOfName, nameOfDraft, noDecoder, withKind } from './decoderDraft'

/** Decoders that say nothing without what stands behind their colon. */
const withArgument = (name: string) => (name === 'struct' ? 'struct:>u16 temp /10, bits flags' : name)

describe('the fields of a decoder', () => {
  it.each(decoders.map(({ name }) => withArgument(name)))('say the same as its name: %s', (name) => {
    const draft = draftOfName(name)
    expect(draft && nameOfDraft(draft)).toBe(name)
  })

  it.each([
    ...fronts.map(({ name }) => `${name}+cbor`),
    'base64+gzip+json',
    'hex+zstd+unix-ms:u64be',
    'gzip+struct:<i24 a *2, pad[2], text[8] name',
    'unix-us:i64le',
    'gzip+protobuf-delimited',
  ])('keep what stands in front and behind the colon: %s', (name) => {
    const draft = draftOfName(name)
    expect(draft && nameOfDraft(draft)).toBe(name)
  })

  it('take other names for the same', () => {
    expect(nameOfDraft(draftOfName('gz+ndjson') ?? noDecoder)).toBe('gzip+json-lines')
    // A front alone gives its bytes.
    expect(nameOfDraft(draftOfName('gzip') ?? noDecoder)).toBe('gzip+bytes')
  })

  it('are none for what is no decoder', () => {
    expect([draftOfName('yaml'), draftOfName('gzip+yaml'), draftOfName('struct:nonsense')]).toEqual([null, null, null])
  })

  it('are automatic without a name, and then nothing stands in front', () => {
    expect(draftOfName(undefined)).toEqual(noDecoder)
    const gzipped = draftOfName('gzip+json') ?? noDecoder
    expect(nameOfDraft(withKind(gzipped, 'automatic'))).toBeUndefined()
  })

  it('of a chosen kind make a name that is one', () => {
    for (const kind of ['number', 'unix', 'struct', 'protobuf', 'avro'] as const) {
      const name = nameOfDraft(withKind(draftOfName('unix-s') ?? noDecoder, kind))
      expect([kind, readDecoderName(name ?? '').ok]).toEqual([kind, true])
    }
  })
})
