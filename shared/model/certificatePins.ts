/** SHA-256 of a whole certificate, or of its public key (SubjectPublicKeyInfo, as RFC 7469 §2.4 pins keys): 64 hexadecimal digits in lower case. */
export type CertificatePin = string

const hexPin = /^[0-9a-f]{64}$/
const base64Pin = /^[A-Za-z0-9+/_-]{43}=?$/

/**
 * One pin as it is written in the wild: hexadecimal with or without colons (openssl, browsers), or Base64 with or without
 * `sha256/` or `sha256//` in front (curl, RFC 7469). Null = it is none of them.
 */
export const readPin = (text: string): CertificatePin | null => {
  const bare = text.trim().replace(/^sha-?256(?: fingerprint)?\s*[/:=]\s*/i, '')
  const hex = bare.replaceAll(/[:\s]/g, '').toLowerCase()
  if (hexPin.test(hex)) return hex
  if (base64Pin.test(bare)) return hexOfBase64(bare)
  // curl writes two slashes, of which the second could be a digit.
  return bare.startsWith('/') && base64Pin.test(bare.slice(1)) ? hexOfBase64(bare.slice(1)) : null
}

/** The pins of a field: one a line, or with commas between them. Null = one of them is none. */
export const readPins = (text: string): readonly CertificatePin[] | null => {
  const pins = text
    .split(/[,;\n]/)
    .filter((one) => one.trim() !== '')
    .map(readPin)
  return pins.every((pin) => pin !== null) ? pins : null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const hexOfBase64 = (text: string): string | null => {
  const digits = text.replace('=', '').replaceAll('-', '+').replaceAll('_', '/')
  const bits = Array.from(digits, (digit) => alphabet.indexOf(digit).toString(2).padStart(6, '0')).join('')
  // 43 digits have 258 bits; the last two belong to no byte and are zero.
  if (!bits.endsWith('00')) return null
  return (bits.slice(0, 256).match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('')
}
