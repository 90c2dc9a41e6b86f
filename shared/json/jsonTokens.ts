/** Tokens of JSON (RFC 8259) in bytes. Each function answers where its token ends, or -1 where it is not sound. */

const bad = -1

/** By byte: whether it is white space. */
const white = new Uint8Array(256)
for (const one of ' \n\r\t') white[one.charCodeAt(0)] = 1

export const skipWhite = (bytes: Uint8Array, start: number, end: number): number => {
  let at = start
  while (at < end && white[bytes[at] ?? 0] === 1) at++
  return at
}

const isHex = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)

/** By byte: whether it may stand behind a backslash, `u` apart. */
const escapes = new Uint8Array(256)
for (const one of '"\\/bfnrt') escapes[one.charCodeAt(0)] = 1

const escapeEnd = (bytes: Uint8Array, at: number, end: number): number => {
  const letter = at + 1 < end ? (bytes[at + 1] ?? 0) : 0
  if (escapes[letter] === 1) return at + 2
  if (letter !== 0x75 || at + 6 > end) return bad
  for (let digit = at + 2; digit < at + 6; digit++) if (!isHex(bytes[digit] ?? 0)) return bad
  return at + 6
}

/** By byte: whether a string goes on with it, as it is. */
const plain = new Uint8Array(256).fill(1, 0x20)
plain[0x22] = 0
plain[0x5c] = 0

/** Of the string whose opening quote stands at `start`. */
export const stringEnd = (bytes: Uint8Array, start: number, end: number): number => {
  let at = start + 1
  while (at < end) {
    const byte = bytes[at] ?? 0
    if (plain[byte] === 1) at++
    else if (byte === 0x22) return at + 1
    else if (byte !== 0x5c) return bad
    else if ((at = escapeEnd(bytes, at, end)) === bad) return bad
  }
  return bad
}

const isDigit = (bytes: Uint8Array, at: number, end: number): boolean => {
  const byte = bytes[at] ?? 0
  return at < end && byte >= 0x30 && byte <= 0x39
}

const digitsEnd = (bytes: Uint8Array, start: number, end: number): number => {
  let at = start
  while (isDigit(bytes, at, end)) at++
  return at
}

export const numberEnd = (bytes: Uint8Array, start: number, end: number): number => {
  let at = bytes[start] === 0x2d ? start + 1 : start
  if (!isDigit(bytes, at, end)) return bad
  at = bytes[at] === 0x30 ? at + 1 : digitsEnd(bytes, at, end)
  if (at < end && bytes[at] === 0x2e) {
    if (!isDigit(bytes, at + 1, end)) return bad
    at = digitsEnd(bytes, at + 1, end)
  }
  if (at < end && ((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1]
    at += sign === 0x2b || sign === 0x2d ? 2 : 1
    if (!isDigit(bytes, at, end)) return bad
    at = digitsEnd(bytes, at, end)
  }
  return at
}

const literals = ['true', 'false', 'null'].map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)))

/** Of `true`, `false` or `null`. */
export const literalEnd = (bytes: Uint8Array, start: number, end: number): number => {
  const literal = literals.find((one) => one[0] === bytes[start])
  if (!literal || start + literal.length > end) return bad
  for (let index = 0; index < literal.length; index++) if (bytes[start + index] !== literal[index]) return bad
  return start + literal.length
}
