import { describe, expect, it } from 'vitest'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { nodeJson } from '#shared/encoding/nodeJson'
import type { Charset } from './charsets'
import { decodeAs, readDecoderName, type DecodedAs } from './decodeAs'
import { decompress } from './decompress'
import type { Decompress } from './decoder'
import { decompressZstd } from './zstd'

const open: Decompress = (kind, bytes, mostBytes) => {
  if (kind === 'zstd') return decompressZstd(bytes, mostBytes)
  if (kind === 'brotli') throw new DecodingFault('badCompression', 0)
  return decompress(kind, bytes, mostBytes)
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())

const decode = (name: string, bytes: Uint8Array, charset?: Charset): DecodedAs => {
  const read = readDecoderName(name)
  if (!read.ok) throw new Error(name)
  return decodeAs(bytes, read.chain, { decompress: open, ...(charset && { charset }) })
}

/** Each value as its line of JSON, or where and why there is none. */
const linesOf = (name: string, given: Uint8Array | string, charset?: Charset): readonly unknown[] | string => {
  const decoded = decode(name, typeof given === 'string' ? utf8(given) : given, charset)
  if (!decoded.ok) return `${decoded.reason} at ${decoded.offset}`
  return decoded.nodes.map((node): unknown => JSON.parse(nodeJson(node) ?? 'null'))
}

describe('UTF-16 whose order nobody says', () => {
  it.each([
    '{"t":21.5}',
    '溫度 23,5 °C',
    '温度传感器在车间里',
    'Grüße',
    'температура',
    'θερμοκρασία',
    'センサーの温度は',
  ])('is read as %s in both', (text) => {
    expect(linesOf('text', utf16le(text), 'utf-16')).toEqual([text])
    expect(linesOf('text', utf16be(text), 'utf-16')).toEqual([text])
  })

  it('is read low bytes first where nothing speaks for either order', () => {
    expect(linesOf('text', utf16le('セ氏'), 'utf-16')).toEqual(['セ氏'])
    expect(linesOf('text', utf16be('セ氏'), 'utf-16')).toEqual(['\ubb30\u0f6c'])
  })

  it('says that the order is assumed, and which, but not where a mark or a name says it', () => {
    const typeOf = (bytes: Uint8Array, charset: Charset) => {
      const decoded = decode('text', bytes, charset)
      return decoded.ok ? decoded.nodes[0]?.type : decoded.reason
    }
    expect(typeOf(utf16be('on'), 'utf-16')).toBe('utf-16be (assumed)')
    expect(typeOf(utf16le('on'), 'utf-16')).toBe('utf-16le (assumed)')
    expect(typeOf(utf16be('\ufeffon'), 'utf-16')).toBe('utf-16')
    expect(typeOf(utf16be('on'), 'utf-16be')).toBe('utf-16be')
  })

  it('takes the mark away, and refuses half a character and half a pair', () => {
    expect(linesOf('text', utf16be('\ufeffon'), 'utf-16')).toEqual(['on'])
    expect(linesOf('text', utf16le('\ufeffon'), 'utf-16')).toEqual(['on'])
    expect(linesOf('text', utf16le('on').subarray(0, 3), 'utf-16')).toBe('cutShort at 2')
    expect(linesOf('text', utf16le('o\ud800n'), 'utf-16le')).toBe('notInCharset at 2')
  })
})

describe('CSV', () => {
  it('takes the separator that a spreadsheet wrote into the first line, which is no row', () => {
    expect(linesOf('csv', 'sep=;\r\na;b,c\r\n1;2\r\n')).toEqual([
      ['a', 'b,c'],
      ['1', '2'],
    ])
    expect(linesOf('csv', '\ufeffsep=#\na#b\n')).toEqual([['a', 'b']])
    expect(linesOf('csv', 'sep=;')).toEqual([])
  })

  it('leaves a row alone that only begins so', () => {
    expect(linesOf('csv', 'sep=;x,b\n')).toEqual([['sep=', 'x,b']])
    expect(linesOf('csv', 'sep=""\n')).toEqual([['sep=""']])
  })

  it('keeps line ends, quotes and separators in quotes, and empty fields', () => {
    expect(linesOf('csv', '"a\r\nb","say ""hi""",\n,"x,y",z')).toEqual([
      ['a\r\nb', 'say "hi"', ''],
      ['', 'x,y', 'z'],
    ])
    expect(linesOf('csv', '"a"b,c')).toBe('badCsv at 3')
    expect(linesOf('csv', 'c,"a')).toBe('badCsv at 2')
  })
})

describe('Influx lines', () => {
  const fieldsOf = (line: string) => {
    const lines = linesOf('influx', line)
    return typeof lines === 'string' ? lines : lines.map((one) => (one as { fields: unknown }).fields)
  }

  it('undoes its escapes', () => {
    expect(linesOf('influx', 'my\\ room\\,1,tag\\ key=a\\=b\\,c va\\ l="a\\"b\\\\c d" 17')).toEqual([
      { measurement: 'my room,1', tags: { 'tag key': 'a=b,c' }, fields: { 'va l': 'a"b\\c d' }, timestamp: 17 },
    ])
  })

  it('has spaces around its parts, comments and empty lines', () => {
    expect(linesOf('influx', '# a comment\n\n  m   a=1i   5  \r\n\tm a=2i\n')).toEqual([
      { measurement: 'm', fields: { a: 1 }, timestamp: 5 },
      { measurement: 'm', fields: { a: 2 } },
    ])
  })

  it('goes on behind the end of a line in a string', () => {
    expect(fieldsOf('m a="one\n# two",b=1\nm a=t')).toEqual([{ a: 'one\n# two', b: 1 }, { a: true }])
    expect(fieldsOf('m a="one\nm b=1')).toMatch(/^notInfluxLine/)
  })

  it('reads floats as its own reader does, digit by digit', () => {
    const lines = decode(
      'influx',
      utf8('m a=.5,b=5.,c=-007.50,d=1.e3,e=18446744073709551615u,f=12345678901234567890.10'),
    )
    const [node] = lines.ok ? lines.nodes : []
    expect(node && nodeJson(node)).toContain(
      '{"a":0.5,"b":5,"c":-7.50,"d":1e3,"e":18446744073709551615,"f":12345678901234567890.10}',
    )
    expect(fieldsOf('m a=1.2.3')).toBe('notInfluxLine at 4')
    expect(fieldsOf('m a=.')).toBe('notInfluxLine at 4')
  })
})

describe('JSON Web Tokens', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'HS256' })}.${part({ sub: '1' })}.AAEC`

  it.each(['', 'Bearer ', 'bearer  ', 'Authorization: Bearer '])('are read behind %j, with their bytes', (before) => {
    const decoded = decode('jwt', utf8(`${before}${token}\n`))
    const [node] = decoded.ok ? decoded.nodes : []
    expect(node).toMatchObject({ offset: before.length, length: token.length })
    expect(JSON.parse((node && nodeJson(node)) ?? '')).toEqual({
      header: { alg: 'HS256' },
      payload: { sub: '1' },
      signature: { $hex: '000102' },
    })
  })

  it('are not behind another scheme', () => {
    expect(linesOf('jwt', `Basic ${token}`)).toBe('notJwt at 0')
  })
})

describe('XML', () => {
  it('is read in the charset that it says', () => {
    const latin = new Uint8Array(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><r u="°C">é</r>', 'latin1'))
    expect(linesOf('xml', latin)).toEqual([{ r: { '@u': '°C', '#text': 'é' } }])
    const wide = '<?xml version="1.0" encoding="UTF-16"?><r>溫</r>'
    for (const bytes of [utf16le(wide), utf16be(wide), utf16le(`\ufeff${wide}`), utf16be(`\ufeff${wide}`)])
      expect(linesOf('xml', bytes)).toEqual([{ r: '溫' }])
    expect(linesOf('xml', '\ufeff<?xml version="1.0" encoding="UTF-8"?><r>é</r>')).toEqual([{ r: 'é' }])
  })

  it('is read in the charset of a rule, whatever it says', () => {
    expect(linesOf('xml', '<?xml version="1.0" encoding="ISO-8859-1"?><r>é</r>', 'utf-8')).toEqual([{ r: 'é' }])
  })

  it('refuses entities that a document declares', () => {
    expect(linesOf('xml', '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>')).toMatch(/^notXml/)
  })
})

describe('Zstandard', () => {
  /** A frame with one raw block (RFC 8878 §3.1.1): a descriptor, what it announces, and the block. */
  const frame = (text: string, descriptor = 0x20, header = [text.length]) => {
    const size = (text.length << 3) | 1
    return [0x28, 0xb5, 0x2f, 0xfd, descriptor, ...header, size & 255, (size >> 8) & 255, size >> 16, ...utf8(text)]
  }
  const skippable = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
  const textOf = (...bytes: readonly number[]) => linesOf('zstd+text', new Uint8Array(bytes))

  it('has frames one behind the other, and some that are skipped', () => {
    expect(textOf(...frame('one '), ...frame('two'))).toEqual(['one two'])
    expect(textOf(...skippable, ...frame('one'), ...skippable)).toEqual(['one'])
  })

  it('says where it is cut short, and what is left over', () => {
    const whole = frame('one')
    for (let length = 0; length < whole.length; length++)
      expect(textOf(...whole.slice(0, length)), String(length)).toBe(`cutShort at ${length}`)
    expect(textOf(...whole, 0)).toBe(`leftOver at ${whole.length}`)
    expect(textOf(...whole, 1, 2, 3, 4, 5)).toBe(`leftOver at ${whole.length}`)
    expect(textOf(1, 2, 3, 4, 5)).toBe('badCompression at 0')
  })

  it('is refused where a frame needs a dictionary; zero names none', () => {
    expect(textOf(...frame('one', 0x21, [7, 3]))).toBe('badCompression at 5')
    expect(textOf(...frame('one', 0x21, [0, 3]))).toEqual(['one'])
  })

  it('takes no memory that a second frame claims', () => {
    const first = frame('one')
    // A window of 2 GiB.
    expect(textOf(...first, ...frame('two', 0, [0xa8]))).toBe(`tooLarge at ${first.length + 5}`)
  })
})
