/** One value of DER (ITU-T X.690): its tag's byte, what it holds, and all of its bytes. */
export interface DerValue {
  readonly tag: number
  readonly content: Buffer
  readonly whole: Buffer
}

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const

/** The value that begins at `bytes`; null = none does, or it ends too early. Lengths are definite in DER. */
export const readDer = (bytes: Buffer): DerValue | null => {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  // 0x80 would be an indefinite length; a file of 1 MiB needs three bytes.
  if (first === 0x80 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) return null
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes)
  const start = 2 + lengthBytes
  if (bytes.length < start + length) return null
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) }
}

/** The values inside a constructed one, in order; null = it holds something else. */
export const derValuesOf = (content: Buffer): readonly DerValue[] | null => {
  const values: DerValue[] = []
  for (let at = 0; at < content.length;) {
    const value = readDer(content.subarray(at))
    if (!value) return null
    values.push(value)
    at += value.whole.length
  }
  return values
}

/** An object identifier as numbers with dots between them (X.690 §8.19). */
export const oidOf = (value: DerValue | undefined): string | null => {
  if (value?.tag !== derTag.oid) return null
  const numbers: number[] = []
  let number = 0
  for (const byte of value.content) {
    number = number * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(number)
      number = 0
    }
  }
  const [joined = 0, ...rest] = numbers
  const root = Math.min(2, Math.floor(joined / 40))
  return [root, joined - root * 40, ...rest].join('.')
}

const innerOf = ({ tag, content }: DerValue): readonly DerValue[] | null => {
  // Constructed, or bytes that hold DER again, as PKCS #12 nests them (RFC 7292 §4).
  const nested = tag === derTag.octetString && content[0] === derTag.sequence
  return (tag & 0x20) !== 0 || nested ? derValuesOf(content) : null
}

/** Every object identifier inside, in order: what an encryption is made of. `depth` bounds the walk. */
export const oidsIn = (value: DerValue, depth = 16): readonly string[] => {
  const own = oidOf(value)
  if (own !== null) return [own]
  return depth === 0 ? [] : (innerOf(value) ?? []).flatMap((inner) => oidsIn(inner, depth - 1))
}
