import { expect, it } from 'vitest'
import { nodeJson } from '#shared/encoding/nodeJson'
import { decodeAs, readDecoderName } from './decodeAs'
import { decompress } from './decompress'

const decoded = (line: string, bytes: readonly number[]) => {
  const read = readDecoderName(`struct:${line}`)
  if (!read.ok) return read.problem
  const result = decodeAs(Uint8Array.from(bytes), read.chain, { decompress })
  return result.ok ? result.nodes.map(nodeJson).join() : `${result.reason} ${result.offset}`
}

it.each([
  ['>u16 temp /10, f32 flow, u8 n', [0, 215, 0x3f, 0xc0, 0, 0, 7], '{"temp":21.5,"flow":1.5,"n":7}'],
  ['<u16[3] raw /10, pad[1], i8 last', [1, 0, 2, 0, 0xff, 0xff, 9, 0x80], '{"raw":[0.1,0.2,6553.5],"last":-128}'],
  ['u8[2] pair, text[4] name', [1, 2, 0x61, 0x62, 0, 0], '{"pair":[1,2],"name":"ab"}'],
  // The lowest bits first, whatever the order of bytes.
  ['u8 flags {run fault:2 mode:5}', [0b1010_0101], '{"flags":{"run":1,"fault":2,"mode":20}}'],
  [
    '<u16 word {low:8 high:8}, >u16 other {low:8 high:8}',
    [1, 2, 1, 2],
    '{"word":{"low":1,"high":2},"other":{"low":2,"high":1}}',
  ],
  ['i16 signed {all:16}', [0xff, 0xff], '{"signed":{"all":65535}}'],
  ['u64 wide {low:60 high:4}', [0xf0, 0, 0, 0, 0, 0, 0, 1], '{"wide":{"low":1,"high":15}}'],
  ['u16[2] a', [1, 2, 3], 'cutShort 2'],
])('reads %s', (line, bytes, said) => {
  expect(decoded(line, bytes)).toBe(said)
})

it.each([
  'u8[0] none',
  'bool[2] b',
  'u8 f {a:4 b:5}',
  'f32 f {a:1}',
  'u8 f {}',
  'u8 f {a:0}',
  'u8 f {a:1} /2',
  'u16[2] f {a:1}',
  'u8[99999] f',
])('refuses %s', (line) => {
  expect(decoded(line, [])).toMatch(/is no field|cannot be/)
})
