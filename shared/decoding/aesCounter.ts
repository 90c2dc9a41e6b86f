/** AES with a key of 128 bits in counter mode (FIPS 197, SP 800-38A §6.5): the page has it only with promises. */

const blockBytes = 16
const rounds = 10

/** What the bytes are when the key stream is taken off them. `first` is the first counter block. */
export const aesCounter = (bytes: Uint8Array, key: Uint8Array, first: Uint8Array): Uint8Array => {
  const keys = expandedKey(key)
  const counter = Uint8Array.from(first)
  const out = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const stream = encryptedBlock(counter, keys)
    for (let index = 0; index < blockBytes && at + index < bytes.length; index++)
      out[at + index] = (bytes[at + index] ?? 0) ^ (stream[index] ?? 0)
    for (let place = blockBytes - 1; place >= 0; place--) {
      const next = ((counter[place] ?? 0) + 1) & 0xff
      counter[place] = next
      if (next !== 0) break
    }
  }
  return out
}

/** Times x in the field of AES. */
const doubled = (value: number): number => ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 0xff

/** The S-box (FIPS 197 §5.1.1): inverses in the field, found by walking its powers, then an affine map. */
const substitutes = ((): Uint8Array => {
  const box = new Uint8Array(256)
  let power = 1
  let inverse = 1
  do {
    power ^= doubled(power)
    inverse ^= inverse << 1
    inverse ^= inverse << 2
    inverse ^= inverse << 4
    inverse &= 0xff
    if (inverse & 0x80) inverse ^= 0x09
    const turned = (bits: number) => ((inverse << bits) | (inverse >> (8 - bits))) & 0xff
    box[power] = inverse ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63
  } while (power !== 1)
  box[0] = 0x63
  return box
})()

const substitute = (value: number | undefined): number => substitutes[value ?? 0] ?? 0

/** FIPS 197 §5.2. */
const expandedKey = (key: Uint8Array): Uint8Array => {
  const keys = new Uint8Array(blockBytes * (rounds + 1))
  keys.set(key)
  let constant = 1
  for (let at = blockBytes; at < keys.length; at += 4) {
    let word = [...keys.subarray(at - 4, at)]
    if (at % blockBytes === 0) {
      word = [word[1], word[2], word[3], word[0]].map(substitute)
      word[0] = (word[0] ?? 0) ^ constant
      constant = doubled(constant)
    }
    for (let index = 0; index < 4; index++) keys[at + index] = (keys[at + index - blockBytes] ?? 0) ^ (word[index] ?? 0)
  }
  return keys
}

const encryptedBlock = (block: Uint8Array, keys: Uint8Array): Uint8Array => {
  let state = block.map((value, index) => value ^ (keys[index] ?? 0))
  for (let round = 1; round <= rounds; round++) {
    // Bytes are substituted, and each row is turned by its number.
    const shifted = Uint8Array.from(state, (_, index) => substitute(state[(index + 4 * (index % 4)) % blockBytes]))
    const mixed = round === rounds ? shifted : mixedColumns(shifted)
    state = mixed.map((value, index) => value ^ (keys[blockBytes * round + index] ?? 0))
  }
  return state
}

const mixedColumns = (state: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(state, (own, index) => {
    const column = index - (index % 4)
    const other = (by: number) => state[column + ((index + by) % 4)] ?? 0
    return doubled(own) ^ doubled(other(1)) ^ other(1) ^ other(2) ^ other(3)
  })
