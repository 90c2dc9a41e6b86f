/** Bytes that are nearly right. The same seed gives the same ones in the same order. */
export interface Mutations {
  /** One of them, at random. */
  pick<T>(of: readonly T[]): T
  /** Changed in one to four places, cut or made longer. */
  of(sample: Uint8Array, others: readonly Uint8Array[]): Uint8Array
}

/** Mutations may make a payload longer, but not without end. */
const mostBytes = 4_096

export const createMutations = (seed: number): Mutations => {
  const random = createRandom(seed)
  const pick: Mutations['pick'] = (of) => {
    const picked = of[random(of.length)]
    if (picked === undefined) throw new RangeError('Nothing to pick from.')
    return picked
  }
  return {
    pick,
    of: (sample, others) => {
      let bytes = sample
      for (let left = 1 + random(4); left > 0; left--) bytes = pick(kinds)({ bytes, random, other: pick(others) })
      return bytes.length > mostBytes ? bytes.subarray(0, mostBytes) : bytes
    },
  }
}

interface Given {
  readonly bytes: Uint8Array
  readonly random: (below: number) => number
  readonly other: Uint8Array
}

type Mutation = (given: Given) => Uint8Array

const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

/** What stands at a random place becomes `what`, as far as there is room. */
const written = ({ bytes, random }: Given, what: readonly number[]): Uint8Array => {
  const copy = bytes.slice()
  const at = random(bytes.length + 1)
  what.forEach((byte, index) => {
    if (at + index < copy.length) copy[at + index] = byte
  })
  return copy
}

const edges = [0x00, 0x01, 0x1f, 0x7f, 0x80, 0xc1, 0xfe, 0xff]

/** Lengths and counts that no bytes stand behind: as an integer of each size, and as a varint, also below zero. */
const lengths: readonly (readonly number[])[] = [
  [0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0xdd, 0xff, 0xff, 0xff, 0xff],
  [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80],
]

const region = ({ bytes, random }: Given): readonly [from: number, to: number] => {
  const from = random(bytes.length + 1)
  return [from, from + random(bytes.length - from + 1)]
}

const kinds: readonly Mutation[] = [
  // A bit.
  ({ bytes, random }) => {
    const copy = bytes.slice()
    const at = random(Math.max(1, bytes.length))
    if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
    return copy
  },
  (given) => written(given, [given.random(256)]),
  (given) => written(given, [edges[given.random(edges.length)] ?? 0]),
  (given) => written(given, lengths[given.random(lengths.length)] ?? []),
  // Cut behind and before.
  ({ bytes, random }) => bytes.slice(0, random(bytes.length + 1)),
  ({ bytes, random }) => bytes.slice(random(bytes.length + 1)),
  // Left out.
  (given) => {
    const [from, to] = region(given)
    return joined(given.bytes.subarray(0, from), given.bytes.subarray(to))
  },
  // Twice, and many times.
  (given) => {
    const [from, to] = region(given)
    return joined(given.bytes.subarray(0, to), given.bytes.subarray(from))
  },
  (given) => {
    const [from, to] = region(given)
    const part = given.bytes.subarray(from, Math.min(to, from + 8))
    const many = Array.from({ length: given.random(64) }, () => part)
    return joined(given.bytes.subarray(0, to), ...many, given.bytes.subarray(to))
  },
  // The end of another, and bytes of no meaning.
  (given) => {
    const [from] = region(given)
    return joined(given.bytes.subarray(0, from), given.other.subarray(given.random(given.other.length + 1)))
  },
  (given) => {
    const [from] = region(given)
    const noise = Array.from({ length: given.random(8) }, () => given.random(256))
    return joined(given.bytes.subarray(0, from), noise, given.bytes.subarray(from))
  },
]

/** Mulberry32: whole numbers from 0 to below. */
const createRandom = (seed: number) => {
  let state = seed >>> 0
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
