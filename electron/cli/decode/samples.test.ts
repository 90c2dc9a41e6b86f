import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeAs, readDecoderName, type DecodedAs } from '#shared/decoding/decodeAs'
import { nodeJson } from '#shared/encoding/nodeJson'
import { charsetOf } from '#shared/decoding/charsets'
import { decompress } from '../../core/decoding/decompress'
import { readSchema } from './schemaSettings'

/** What devices send, and what it says. */

const fixture = (name: string) => join(import.meta.dirname, '../../../test/fixtures/payloads', name)

interface Options {
  readonly schema?: string
  readonly type?: string
  readonly charset?: string
}

const decode = async (name: string, bytes: Uint8Array, { schema, type, charset }: Options = {}): Promise<DecodedAs> => {
  const read = readDecoderName(name)
  if (!read.ok) throw new Error(`${read.part} is no format`)
  const path = schema === undefined ? null : fixture(schema)
  const settings = await readSchema({ chain: read.chain, file: '-', schema: path, type: type ?? null, charset: null })
  if (!settings.ok) throw new Error(settings.problem)
  const named = charset === undefined ? null : charsetOf(charset)
  return decodeAs(bytes, read.chain, { ...settings.settings, ...(named ? { charset: named } : {}), decompress })
}

/** A text as the rows have bytes. */
const text = (said: string) => Buffer.from(said).toString('hex')
const unhex = (hex: string) => Buffer.from(hex, 'hex')
const said = (decoded: DecodedAs) =>
  decoded.ok ? decoded.nodes.map(nodeJson) : { at: decoded.at, offset: decoded.offset, reason: decoded.reason }

const device =
  'a8626964656465762d316174fb4037800000000000616e3846626f6bf5646e6f6e65f6646c69737483010219012c637261774200ff646e616d6566e6baabe5baa6'
const packedDevice =
  '89a26964a56465762d31a174cb4037800000000000a16ed0b9a26f6bc3a46e6f6e65c0a46c697374930102cd012ca3726177c40200ffa46e616d65a6e6baabe5baa6a47768656ed6ff695b8d44'
const senml =
  '87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b00106223614120050067766f6c7461676501615602fb405e066666666666a3006763757272656e74062402fb3ff3333333333333a3006763757272656e74062302fb3ff4cccccccccccda3006763757272656e74062202fb3ff6666666666666a3006763757272656e74062102f93e00a3006763757272656e74062002fb3ff999999999999aa3006763757272656e74060002fb3ffb333333333333'
const reading =
  '0a056465762d31110000000000803740188d012081808080808080102a0601ac02f0a20432100a047369746512084dc3bc6e6368656e32090a046c696e6512013142086f766572686561744802520200ff5d00000000'
const readingJson =
  '"device_id":"dev-1","temperature":23.5,"rssi":-71,"sequence":9007199254740993,"samples":[1,300,70000],"tags":{"site":"München","line":"1"},"fault":"overheat","kind":"OUTDOOR","raw":{"$hex":"00ff"},"humidity":0.0'
const datum =
  '0a6465762d310000000000803740c0c6fed9f1660206c2b043060203d80400020873697465104dc3bc6e6368656e0004020000000001'
const datumJson =
  '{"device_id":"dev-1","temperature":23.5,"time":1767607620000,"unit":"°C","samples":[1,-2,300],"tags":{"site":"München"},"kind":"OUTDOOR","mac":{"$hex":"020000000001"}}'
const avro = { schema: 'reading.avsc' }
const proto = { schema: 'reading.proto' }
const doc = JSON.stringify({
  device: 'dev-1',
  values: Array.from({ length: 40 }, (_, i) => ({ i, t: (200 + i) / 10 })),
})

type Row = readonly [name: string, hex: string, lines: readonly string[], options?: Options]

const rows: readonly Row[] = [
  [
    'cbor',
    device,
    ['{"id":"dev-1","t":23.5,"n":-71,"ok":true,"none":null,"list":[1,2,300],"raw":{"$hex":"00ff"},"name":"溫度"}'],
  ],
  [
    'cbor',
    senml,
    [
      '[{"-2":"urn:dev:ow:10e2073a0108006:","-3":1276020076.001,"-4":"A","-1":5,"0":"voltage","1":"V","2":120.1},{"0":"current","6":-5,"2":1.2},{"0":"current","6":-4,"2":1.3},{"0":"current","6":-3,"2":1.4},{"0":"current","6":-2,"2":1.5},{"0":"current","6":-1,"2":1.6},{"0":"current","6":0,"2":1.7}]',
    ],
  ],
  ['cbor', 'c074323031332d30332d32315432303a30343a30305a', ['{"$tag":[0,"2013-03-21T20:04:00Z"]}']],
  ['cbor', 'c349010000000000000000', ['-18446744073709551617']],
  ['cbor', 'f93e00', ['1.5']],
  ['cbor', 'f97e00', ['{"$float":"NaN"}']],
  ['cbor', 'f7', ['{"$undefined":true}']],
  ['cbor', '9f018202039f0405ffff', ['[1,[2,3],[4,5]]']],
  ['cbor', 'a201020304', ['{"1":2,"3":4}']],
  ['cbor', 'd9d9f7a1616101', ['{"$tag":[55799,{"a":1}]}']],
  ['cbor', 'a2616101616102', ['{"a":1,"a":2}']],
  ['cbor', '01a10203', ['1', '{"2":3}']],
  [
    'msgpack',
    packedDevice,
    [
      '{"id":"dev-1","t":23.5,"n":-71,"ok":true,"none":null,"list":[1,2,300],"raw":{"$hex":"00ff"},"name":"溫度","when":{"$ext":[-1,"695b8d44"]}}',
    ],
  ],
  ['msgpack', 'cf0020000000000001', ['9007199254740993']],
  ['msgpack', 'ca41bc0000', ['23.5']],
  ['msgpack', 'd6ff695b8f04', ['{"$ext":[-1,"695b8f04"]}']],
  ['msgpack', '8201020304', ['{"1":2,"3":4}']],
  ['protobuf', reading, [`{${readingJson}}`], { ...proto, type: 'example.Reading' }],
  ['protobuf', `${reading}9a060f66726f6d2074686520667574757265`, [`{${readingJson},"99":"from the future"}`], proto],
  ['protobuf-delimited', '0c0a016111000000000000f03f', ['{"device_id":"a","temperature":1.0}'], proto],
  ['protobuf', '0a016118ffffffffffffffffff01', ['{"1":"a","3":18446744073709551615}']],
  ['avro', datum, [datumJson], avro],
  ['avro', `000000002a${datum}`, [datumJson], { ...avro, type: 'Reading' }],
  ['avro-confluent', `000000002a${datum}`, [datumJson], avro],
  [
    'meshtastic',
    '0a3e0dd4c3b2a115ffffffff22140801120e68656c6c6f206d65736820e29880480135785634123d448d5b69450000c8404803609fffffffffffffffff01780312084c6f6e67466173741a09216131623263336434',
    [
      '{"packet":{"from":2712847316,"to":4294967295,"decoded":{"portnum":"TEXT_MESSAGE_APP","payload":"hello mesh ☀","bitfield":1},"id":305419896,"rx_time":1767607620,"rx_snr":6.25,"hop_limit":3,"rx_rssi":-97,"hop_start":3},"channel_id":"LongFast","gateway_id":"!a1b2c3d4"}',
    ],
  ],
  [
    'meshtastic',
    '0a400dd4c3b2a115ffffffff18082a14fff05392882aaaf041309e10a97f68b8eb32772735785634123d448d5b69450000c8404803609fffffffffffffffff01780312084c6f6e67466173741a09216131623263336434',
    [
      '{"packet":{"from":2712847316,"to":4294967295,"channel":8,"encrypted":{"$hex":"fff05392882aaaf041309e10a97f68b8eb327727"},"id":305419896,"rx_time":1767607620,"rx_snr":6.25,"hop_limit":3,"rx_rssi":-97,"hop_start":3,"decoded":{"portnum":"TEXT_MESSAGE_APP","payload":"hello mesh ☀","bitfield":1}},"channel_id":"LongFast","gateway_id":"!a1b2c3d4"}',
    ],
  ],
  [
    'meshtastic',
    '0a4f0dd4c3b2a115ffffffff22250804121f0a09216131623263336434120c4578616d706c65204e6f64651a024558282b480135785634123d448d5b69450000c8404803609fffffffffffffffff01780312084c6f6e67466173741a09216131623263336434',
    [
      '{"packet":{"from":2712847316,"to":4294967295,"decoded":{"portnum":"NODEINFO_APP","payload":{"id":"!a1b2c3d4","long_name":"Example Node","short_name":"EX","hw_model":43},"bitfield":1},"id":305419896,"rx_time":1767607620,"rx_snr":6.25,"hop_limit":3,"rx_rssi":-97,"hop_start":3},"channel_id":"LongFast","gateway_id":"!a1b2c3d4"}',
    ],
  ],
  [
    'sparkplug',
    '08a0a3ffecb83312120a05626453657118a0a3ffecb83320085807',
    [
      '{"timestamp":1767607620000,"metrics":[{"name":"bdSeq","timestamp":1767607620000,"datatype":"UInt64","value":7}]}',
    ],
  ],
  [
    'sparkplug',
    '0888abffecb833121010011888abffecb8332009650000c241121210021888abffecb833588380808080808010121310031888abffecb8332003280150d5ffffff0f1801',
    [
      '{"timestamp":1767607621000,"metrics":[{"alias":1,"timestamp":1767607621000,"datatype":"Float","value":24.25},{"alias":2,"timestamp":1767607621000,"value":9007199254740995},{"alias":3,"timestamp":1767607621000,"datatype":"Int32","is_historical":true,"value":-43}],"seq":1}',
    ],
  ],
  [
    'sparkplug',
    '08f0b2ffecb833121a0a04466c6f77101418f0b2ffecb833200a69000000000000f43f12120a0352756e101518f0b2ffecb833200b70011802',
    [
      '{"timestamp":1767607622000,"metrics":[{"name":"Flow","alias":20,"timestamp":1767607622000,"datatype":"Double","value":1.25},{"name":"Run","alias":21,"timestamp":1767607622000,"datatype":"Boolean","value":true}],"seq":2}',
    ],
  ],
  [
    'sparkplug',
    '08d8baffecb8331212101418d8baffecb83369000000000000f83f1805',
    ['{"timestamp":1767607623000,"metrics":[{"alias":20,"timestamp":1767607623000,"value":1.5}],"seq":5}'],
  ],
  [
    'sparkplug',
    '08c0c2ffecb83312210a144e6f646520436f6e74726f6c2f5265626972746818c0c2ffecb833200b7001',
    [
      '{"timestamp":1767607624000,"metrics":[{"name":"Node Control/Rebirth","timestamp":1767607624000,"datatype":"Boolean","value":true}]}',
    ],
  ],
  ['sparkplug', '08a8caffecb8331806', ['{"timestamp":1767607625000,"seq":6}']],
  [
    'sparkplug',
    '08a0a3ffecb83312130a09616c676f726974686d200c7a04475a4950180a221253504256312e305f434f4d505245535345442a331f8b0800000000000003e358b0f8ff9b1dc642225cdc21a9b905a9458925a545a90a9ca90c0c7b1c25380199869ffd1f000000',
    [
      '{"timestamp":1767607620000,"metrics":[{"name":"algorithm","datatype":"String","value":"GZIP"}],"seq":10,"uuid":"SPBV1.0_COMPRESSED","body":{"$hex":"1f8b0800000000000003e358b0f8ff9b1dc642225cdc21a9b905a9458925a545a90a9ca90c0c7b1c25380199869ffd1f000000"},"inner":{"timestamp":1767607620000,"metrics":[{"name":"Temperature","datatype":"Float","value":23.5}],"seq":9}}',
    ],
  ],
  ['f32be', '41bc0000', ['23.5']],
  ['f32le', '0000bc41', ['23.5']],
  ['f64le', '000000000000f4bf', ['-1.25']],
  ['i16be', 'fffe', ['-2']],
  ['u32le', 'ffffffff', ['4294967295']],
  ['i64le', '0100000000002000', ['9007199254740993']],
  ['u16be', '0001ffff', ['[1,65535]']],
  ['text', Buffer.from('23,5 °C').toString('hex'), ['"23,5 °C"']],
  ['text', 'cec2b6c8', ['"温度"'], { charset: 'gbk' }],
  ['text', '61626300646566', ['"abc\\u0000def"']],
  ['text', 'fffe2c6ea65e', ['"測度"'], { charset: 'utf-16' }],
  ['text', '', ['""']],
  ['json', Buffer.from('{"a":1}\r\n').toString('hex'), ['{"a":1}']],
  ['json', `efbbbf${Buffer.from('{"a":1}').toString('hex')}`, ['{"a":1}']],
  ['json-lines', Buffer.from('{"a":1}\n\n{"a":2}').toString('hex'), ['{"a":1}', '{"a":2}']],
  ['csv', text('1767607620;23,5;"a;b"'), ['["1767607620","23,5","a;b"]']],
  ['csv', text('a,b\r\n1,"x""y\nz"\r\n'), ['["a","b"]', '["1","x\\"y\\nz"]']],
  [
    'xml',
    text('<?xml version="1.0"?><reading unit="C"><t>23.5</t><![CDATA[<raw>]]></reading>'),
    ['{"reading":{"@unit":"C","t":"23.5","#text":"<raw>"}}'],
  ],
  ['xml', text('<a><b/><b>1 &lt; 2</b></a>'), ['{"a":{"b":"","b":"1 < 2"}}']],
  [
    'influx',
    text('weather,location=us-midwest temperature=82,humidity=71i 1465839830100400200'),
    [
      '{"measurement":"weather","tags":{"location":"us-midwest"},"fields":{"temperature":82,"humidity":71},"timestamp":1465839830100400200}',
    ],
  ],
  [
    'influx',
    text('my\\ room,a\\,b=c\\=d on=t,note="a, \\"b\\" = c"\n'),
    ['{"measurement":"my room","tags":{"a,b":"c=d"},"fields":{"on":true,"note":"a, \\"b\\" = c"}}'],
  ],
  [
    'jwt',
    text('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjEyMzQ1Njc4OTAxMjM0NTY3ODkwfQ.AP8'),
    ['{"header":{"alg":"HS256"},"payload":{"sub":12345678901234567890},"signature":{"$hex":"00ff"}}'],
  ],
  ['unix-s', text('1767607620'), ['"2026-01-05T10:07:00Z"']],
  ['unix-ms:u64be', '0000019b8d9fd1a0', ['"2026-01-05T10:07:00Z"']],
  [
    'struct:>u16 temp /10, f32 flow, bits flags',
    '00eb3fc0000005',
    ['{"temp":23.5,"flow":1.5,"flags":[true,false,true,false,false,false,false,false]}'],
  ],
  [
    'struct:<i16 a /100, pad, >u8 b *3, text[4] c, bytes[2] d',
    'fbff0002616200000102',
    ['{"a":-0.05,"b":6,"c":"ab","d":{"$hex":"0102"}}'],
  ],
  [
    'image',
    '89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73',
    ['{"format":"png","width":2,"height":2,"bytes":33}'],
  ],
  ['image', '47494638396101000100800000ffffff', ['{"format":"gif","width":1,"height":1,"bytes":16}']],
  ['image', 'ffd8ffe000040000ffc0000b08000300050101110000', ['{"format":"jpeg","width":5,"height":3,"bytes":22}']],
  ['base64+cbor', Buffer.from('oWFhAQ==').toString('hex'), ['{"a":1}']],
  ['hex+base64', Buffer.from('6f 57').toString('hex'), ['{"$hex":"a1"}']],
  ['brotli+json', '@br', [doc]],
  ['deflate+json', '@deflate', [doc]],
  ['gzip+json', '@gz', [doc]],
  ['zlib+json', '@zlib', [doc]],
  ['zstd+json', '@zst', [doc]],
]

describe('decodeAs', () => {
  it.each(rows.map((row) => ({ name: row[0], hex: row[1], row })))('reads $name $hex', async ({ row }) => {
    const [name, hex, lines, options] = row
    const bytes = hex.startsWith('@') ? compressed(hex.slice(1)) : unhex(hex)
    expect(said(await decode(name, bytes, options))).toEqual(lines)
  })

  it('keeps every digit, key and zero of JSON', async () => {
    const text = '{"id":12345678901234567890,"n":127.0,"e":1E400,"dup":1,"dup":2,"neg0":-0}'
    expect(said(await decode('json', Buffer.from(text)))).toEqual([text])
  })
})

const compressed = (ending: string) => readFileSync(fixture(`doc.json.${ending}`))

type FaultRow = readonly [name: string, hex: string, at: string, offset: number, reason: string, options?: Options]

const faults: readonly FaultRow[] = [
  ['cbor', 'a2616101', 'cbor', 4, 'cutShort'],
  ['cbor', '', 'cbor', 0, 'cutShort'],
  ['cbor', '011c', 'cbor', 1, 'badStart'],
  ['cbor', '82ff', 'cbor', 1, 'badBreak'],
  ['cbor', 'bf01ff', 'cbor', 2, 'badBreak'],
  ['cbor', '5f416161ff', 'cbor', 3, 'badChunk'],
  ['cbor', '62c328', 'cbor', 1, 'notUtf8'],
  ['cbor', 'f818', 'cbor', 0, 'badStart'],
  ['cbor', '9bffffffffffffffff', 'cbor', 9, 'cutShort'],
  ['cbor', '5bffffffffffffffff', 'cbor', 9, 'cutShort'],
  ['cbor', '81'.repeat(100_000), 'cbor', 501, 'tooDeep'],
  ['cbor', 'c1'.repeat(100_000), 'cbor', 501, 'tooDeep'],
  ['msgpack', 'c1', 'msgpack', 0, 'badStart'],
  ['msgpack', '930102', 'msgpack', 3, 'cutShort'],
  ['msgpack', '0102', 'msgpack', 1, 'leftOver'],
  ['msgpack', 'ddffffffff', 'msgpack', 5, 'cutShort'],
  ['msgpack', '91'.repeat(100_000), 'msgpack', 501, 'tooDeep'],
  ['json', Buffer.from('{"t":NaN,"u":Infinity}').toString('hex'), 'json', 5, 'valueExpected'],
  ['json', Buffer.from("{'t': 23.5}").toString('hex'), 'json', 1, 'keyExpected'],
  ['json', Buffer.from('{"ü":x}').toString('hex'), 'json', 6, 'valueExpected'],
  ['json', Buffer.from('[1] 2').toString('hex'), 'json', 4, 'textAfterEnd'],
  ['json', '22ff22', 'json', 1, 'notInCharset'],
  ['json', '5b'.repeat(100_000), 'json', 100_000, 'unexpectedEnd'],
  ['json-lines', Buffer.from('{"a":1}\n{"a":').toString('hex'), 'json-lines', 13, 'unexpectedEnd'],
  ['text', 'cec2b6c8', 'text', 0, 'notInCharset'],
  ['text', '61c3', 'text', 1, 'notInCharset'],
  ['text', '61ce', 'text', 1, 'notInCharset', { charset: 'gb18030' }],
  ['text', '836582', 'text', 2, 'notInCharset', { charset: 'shift_jis' }],
  ['text', '61a4', 'text', 1, 'notInCharset', { charset: 'big5' }],
  ['text', '610000d8', 'text', 2, 'notInCharset', { charset: 'utf-16le' }],
  ['text', '610062', 'text', 2, 'cutShort', { charset: 'utf-16le' }],
  ['csv', text('a;"b'), 'csv', 2, 'badCsv'],
  ['xml', text('<a><b></a>'), 'xml', 9, 'notXml'],
  ['xml', text('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), 'xml', 35, 'notXml'],
  ['xml', text('<a>'.repeat(1000)), 'xml', 1503, 'tooDeep'],
  ['influx', text('m t=1 x'), 'influx', 6, 'notInfluxLine'],
  ['influx', text('m t=1\nm t=1x'), 'influx', 10, 'notInfluxLine'],
  ['jwt', text('a.b'), 'jwt', 0, 'notJwt'],
  ['unix-s', text('soon'), 'unix-s', 0, 'notANumber'],
  ['unix-s', text('99999999999999'), 'unix-s', 0, 'outOfRange'],
  ['struct:u8 a', '0102', 'struct', 1, 'leftOver'],
  ['struct:u8 a, u16 b', '0102', 'struct', 1, 'cutShort'],
  ['image', '89504e470d0a1a0a00', 'image', 9, 'cutShort'],
  ['image', text('<svg/>'), 'image', 0, 'notAnImage'],
  ['hex+cbor', Buffer.from('a1 6g').toString('hex'), 'hex', 4, 'notHex'],
  ['base64+cbor', Buffer.from('oWFh!Q').toString('hex'), 'base64', 4, 'notBase64'],
  ['u16be', '0001ff', 'u16be', 2, 'cutShort'],
  ['f64be', '', 'f64be', 0, 'cutShort'],
  ['protobuf', reading.slice(0, 20), 'protobuf', 8, 'cutShort', proto],
  ['avro', datum.slice(0, -2), 'avro', 48, 'cutShort', avro],
  ['avro', `${datum}00`, 'avro', 54, 'leftOver', avro],
  ['avro', `c3010011223344556677${datum}`, 'avro', 2, 'otherSchema', avro],
  ['zstd', '28b52ffd20ff', 'zstd', 6, 'cutShort'],
  ['zstd', '28b52ffd00a8', 'zstd', 5, 'tooLarge'],
  ['gzip', '1f8b08', 'gzip', 3, 'cutShort'],
  ['gzip', '504b0304', 'gzip', 1, 'badCompression'],
]

describe('decodeAs, of what it cannot read', () => {
  it.each(faults.map((row) => ({ name: row[0], hex: row[1].slice(0, 40), row })))(
    'blames the byte in $name $hex',
    async ({ row }) => {
      const [name, hex, at, offset, reason, options] = row
      expect(said(await decode(name, unhex(hex), options))).toEqual({ at, offset, reason })
    },
  )

  it('stops a bomb at the limit', async () => {
    const bomb = readFileSync(fixture('gzip-bomb-10MB.gz'))
    expect(said(await decode('gzip+text', bomb))).toEqual({ at: 'gzip', offset: 0, reason: 'tooLarge' })
  })

  it.each(['br', 'deflate', 'gz', 'zlib'])('says where data ends or goes on in %s', async (ending) => {
    const name = { br: 'brotli', deflate: 'deflate', gz: 'gzip', zlib: 'zlib' }[ending] ?? ''
    const bytes = compressed(ending)
    const short = said(await decode(name, bytes.subarray(0, 100)))
    expect(short).toEqual({ at: name, offset: 100, reason: 'cutShort' })
    const long = said(await decode(name, Buffer.concat([bytes, Buffer.from('xx')])))
    expect(long).toEqual(
      ending === 'gz'
        ? { at: name, offset: bytes.length + 1, reason: 'badCompression' }
        : { at: name, offset: bytes.length, reason: 'leftOver' },
    )
  })
})
