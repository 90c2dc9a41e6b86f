import { describe, expect, it } from 'vitest'
import { readDecoderName } from '#shared/decoding/decodeAs'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { foundDecoder } from './withoutRule'

const none = new Uint8Array()
const named = (contentType: string) => foundDecoder(none, { contentType })?.decoder ?? null

describe('without a rule', () => {
  it.each([
    ['application/cbor', 'cbor'],
    ['application/senml+cbor', 'cbor'],
    ['application/coap-group+cbor-seq', 'cbor'],
    ['application/msgpack', 'msgpack'],
    ['application/x-protobuf; messageType=plant.Reading', 'protobuf'],
    ['application/vnd.device+protobuf', 'protobuf'],
    ['text/xml; charset=utf-8', 'xml'],
    ['application/soap+xml', 'xml'],
    ['Text/CSV;header=present', 'csv'],
    ['application/x-ndjson', 'json-lines'],
    ['application/gzip', 'gzip+text'],
    ['application/tlsrpt+gzip', 'gzip+text'],
    ['application/zstd', 'zstd+text'],
    ['application/jwt', 'jwt'],
    ['application/at+jwt', 'jwt'],
    ['image/webp', 'image'],
  ])('the content type %s says %s', (contentType, decoder) => {
    expect(named(contentType)).toBe(decoder)
    expect(readDecoderName(decoder).ok).toBe(true)
  })

  it.each([
    'application/json',
    'application/ld+json',
    'text/plain',
    'text/plain; charset=utf-8',
    'image/svg+xml',
    'application/octet-stream',
    'constructor',
    'a+toString',
    '',
  ])('%s is read as it is', (contentType) => {
    expect(named(contentType)).toBeNull()
  })

  it.each([
    [[0x1f, 0x8b, 0x08, 0], 'gzip+text'],
    [[0xff, 0xd8, 0xff, 0xe0], 'image'],
    [[...encodeUtf8('RIFF'), 0x24, 1, 0, 0, ...encodeUtf8('WEBPVP8 ')], 'image'],
  ])('first bytes show what they are', (bytes, decoder) => {
    expect(foundDecoder(Uint8Array.from(bytes), null)).toEqual({ found: 'bytes', decoder })
  })

  it.each([[encodeUtf8('RIFF....WAVEfmt ')], [encodeUtf8('RIFF')], [encodeUtf8('{"t":1}')], [none]])(
    'other bytes show nothing',
    (bytes) => {
      expect(foundDecoder(bytes, null)).toBeNull()
    },
  )

  it('what is said to be text is no image', () => {
    const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])
    expect(foundDecoder(bytes, { payloadFormatIndicator: 1 })).toBeNull()
  })
})
