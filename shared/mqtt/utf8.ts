/** UTF-8 as MQTT uses it (MQTT 5 §1.5.4). The platform's codec exists in Node and in the page; its types do not here. */
interface Utf8Decoder {
  decode(bytes: Uint8Array, options?: { stream: boolean }): string
}
declare const TextDecoder: new (label: 'utf-8', options: { ignoreBOM: boolean; fatal: boolean }) => Utf8Decoder
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> }

const encoder = new TextEncoder()
// §1.5.4: 0xEF 0xBB 0xBF is U+FEFF wherever it stands and must not be stripped.
const lossy = new TextDecoder('utf-8', { ignoreBOM: true, fatal: false })

/** A lone surrogate becomes U+FFFD. */
export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** Every ill-formed part becomes U+FFFD, as the WHATWG decoder does it; a leading U+FEFF is kept. */
export const decodeUtf8 = (bytes: Uint8Array): string => lossy.decode(unshared(bytes))

/** The text of the start of something longer: a character cut at the end is left out. Null where it is ill-formed. */
export const decodeUtf8Start = (bytes: Uint8Array): string | null => {
  try {
    // A decoder that streams keeps what was cut, so it serves once.
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(unshared(bytes), { stream: true })
  } catch {
    return null
  }
}

/** The bytes without a character that their end cuts in two. A view, not a copy. */
export const wholeCharacters = (bytes: Uint8Array): Uint8Array => {
  let lead = bytes.length - 1
  while (lead >= 0 && bytes.length - lead < 4 && isTail(bytes[lead])) lead -= 1
  const first = bytes[lead] ?? 0
  const wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
  return bytes.length - lead < wanted ? bytes.subarray(0, lead) : bytes
}

/** Whether `bytes` from `start` to `end` are well-formed UTF-8; surrogates (U+D800 to U+DFFF) are not. */
export const isUtf8 = (bytes: Uint8Array, start = 0, end = bytes.length): boolean => {
  let index = start
  while (index < end) {
    const lead = bytes[index] ?? 0
    index += 1
    if (lead < 0x80) continue
    const sequence = sequenceAfter(lead)
    if (!sequence) return false
    const [tails, low, high] = sequence
    const second = bytes[index] ?? 0
    if (index + tails > end || second < low || second > high) return false
    for (let tail = 1; tail < tails; tail += 1) if (!isTail(bytes[index + tail])) return false
    index += tails
  }
  return true
}

/** The platform decodes no shared memory: another thread could write it meanwhile. */
const unshared = (bytes: Uint8Array) => (bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes))

const isTail = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80

/** Lowest and highest second byte after a lead byte (Unicode, table 3-7), and how many bytes follow the lead. */
const sequenceAfter = (lead: number): readonly [tails: number, low: number, high: number] | null => {
  if (lead >= 0xc2 && lead <= 0xdf) return [1, 0x80, 0xbf]
  if (lead >= 0xe0 && lead <= 0xef) return [2, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf]
  if (lead >= 0xf0 && lead <= 0xf4) return [3, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf]
  return null
}
