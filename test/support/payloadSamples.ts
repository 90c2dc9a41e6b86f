import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repoFolder } from '../../build/lib/paths.mjs'
import { charsets } from '../../shared/decoding/charsets'
import { decoders } from '../../shared/decoding/decoders'
import { fronts } from '../../shared/decoding/fronts'

export const payloadFixture = (name: string): Uint8Array =>
  Uint8Array.from(readFileSync(join(repoFolder, 'test', 'fixtures', 'payloads', name)))

const hex = (...given: readonly string[]) => given.map((one) => Uint8Array.from(Buffer.from(one, 'hex')))
const text = (...given: readonly string[]) => given.map((one) => new TextEncoder().encode(one))

const protobuf = hex(
  '0a056465762d31110000000000803740188d012081808080808080102a0601ac02f0a20432100a047369746512084dc3bc6e6368656e32090a046c696e6512013142086f766572686561744802520200ff5d00000000',
  '08a0a3ffecb83312120a05626453657118a0a3ffecb83320085807',
  '0b08010c12020801',
)
const avro = hex(
  '0a6465762d310000000000803740c0c6fed9f1660206c2b043060203d80400020873697465104dc3bc6e6368656e0004020000000001',
)
const numbers = hex('41bc0000', '0001ffff', '000000000000f4bf', '0000019b8d9fd1a0', '7fc00000')
const texts = text('1767607620', '-1.5e3', '23,5 °C')

/** Small payloads of each decoder that it reads. */
const samplesByName: Readonly<Record<string, readonly Uint8Array[]>> = {
  text: [...texts, ...hex('cec2b6c8', 'fffe2c6ea65e', '836582')],
  json: text('{"id":12345678901234567890,"ü":[1.5,-0,true,null,"\\u00e9"]}', '[[[[[1]]]]]', '"\\ud83d\\ude00"'),
  'json-lines': text('{"a":1}\n\n{"a":2}', '1\n2\n[3]'),
  csv: text('a;b\n1,5;"x""y"\n', '"a\nb",c\r\n'),
  xml: text('<?xml version="1.0"?><a b="c">ü<d>1 &lt; 2</d><![CDATA[x]]><!-- y --></a>', '<a><a><a><b/></a></a></a>'),
  influx: text('weather,location=us\\ midwest t=82,h=71i,s="a b" 1465839830100400200\nm f=t'),
  jwt: text('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.AP8'),
  cbor: hex(
    'a8626964656465762d316174fb4037800000000000616e3846626f6bf5646e6f6e65f6646c69737483010219012c637261774200ff',
    '9f018202039f0405ff5f414141ffc249010000000000000000f97e00d9d9f7a1616101ff',
    'bf6346756ef563416d7421ff7f657374726561646d696e67ff',
    'c11a514b67b0c074323031332d30332d32315432303a30343a30305af0f8ff',
  ),
  msgpack: hex(
    '89a26964a56465762d31a174cb4037800000000000a16ed0b9a26f6bc3a46e6f6e65c0a46c697374930102cd012ca3726177c40200ff',
    'd6ff695b8d44d7ff00000000695b8d44c70505010203040594c0c2c3cc80',
  ),
  protobuf,
  'protobuf-delimited': hex('020801020802', '0208011b08a0a3ffecb83312120a05626453657118a0a3ffecb83320085807'),
  avro,
  'avro-datum': avro,
  'avro-confluent': avro.map((datum) => Uint8Array.from([0, 0, 0, 0, 1, ...datum])),
  'avro-single-object': hex('c3010011223344556677'),
  sparkplug: hex(
    '08a0a3ffecb83312120a05626453657118a0a3ffecb83320085807',
    '08a0a3ffecb83312130a09616c676f726974686d200c7a04475a4950180a221253504256312e305f434f4d505245535345442a331f8b0800000000000003e358b0f8ff9b1dc642225cdc21a9b905a9458925a545a90a9ca90c0c7b1c25380199869ffd1f000000',
  ),
  meshtastic: hex('0a110dffffffff15010203042206080112026869120f2f4c6f6e67466173741a0921313233343536'),
  image: hex(
    '89504e470d0a1a0a0000000d49484452000000020000000208020000',
    'ffd8ffe000040000ffc0000b080003000501011100',
    '47494638396101000100800000ffffff',
    '524946461a000000574542505650384c0d0000002f00000010071011118888fe0700',
  ),
  bytes: numbers,
}

const endings: Readonly<Record<string, string>> = {
  gzip: 'gz',
  zlib: 'zlib',
  deflate: 'deflate',
  brotli: 'br',
  zstd: 'zst',
}

const inFront = (name: string): readonly Uint8Array[] => {
  const ending = endings[name]
  if (ending !== undefined) return [payloadFixture(`doc.json.${ending}`)]
  return (samplesByName['cbor'] ?? []).map((bytes) =>
    new TextEncoder().encode(Buffer.from(bytes).toString(name === 'hex' ? 'hex' : 'base64')),
  )
}

/** A name of a decoder as rules have it, and payloads it reads. */
export interface SampledDecoder {
  readonly name: string
  readonly samples: readonly Uint8Array[]
}

/** Every decoder by itself, and behind each format that may stand in front of one. */
export const sampledDecoders: readonly SampledDecoder[] = [
  ...decoders
    .filter(({ name }) => name !== 'struct')
    .map(({ name }) => ({ name, samples: samplesByName[name] ?? [...numbers, ...texts] })),
  { name: 'struct:>u16 temp /10, f32 flow, bits flags', samples: hex('00eb3fc0000005') },
  { name: 'struct:<i16 a /100, pad, >u8 b *3, text[4] c, bytes[2] d', samples: hex('fbff0002616200000102') },
  { name: 'unix-ms:u64be', samples: numbers },
  ...fronts.flatMap(({ name }) =>
    [`${name}+json`, `${name}+cbor`, name].map((chain) => ({ name: chain, samples: inFront(name) })),
  ),
]

/** Settings that a rule may have, and none. */
export const sampledCharsets = [{}, ...charsets.map((charset) => ({ charset }))]
