import { expect, it } from 'vitest'
import { saslPrep } from './saslPrep'

// RFC 4013 §3, and characters of each table it names.
it.each([
  ['I\u00adX', 'IX'],
  ['user', 'user'],
  ['USER', 'USER'],
  ['\u00aa', 'a'],
  ['\u2168', 'IX'],
  ['\u0007', null],
  ['\u06271', null],
  ['a\u00a0b\u3000c', 'a b c'],
  ['a\u200db', 'ab'],
  ['\u0627\u0628', '\u0627\u0628'],
  ['\u0627a\u0628', null],
  ['\u06271\u0628', '\u06271\u0628'],
  ['\ue000', null],
  ['\ud800', null],
  ['\u{1ffff}', null],
  ['\u{e0020}', null],
  ['温度😀', '温度😀'],
  ['', ''],
])('SASLprep of %j is %j', (text, prepared) => {
  expect(saslPrep(text)).toBe(prepared)
})
