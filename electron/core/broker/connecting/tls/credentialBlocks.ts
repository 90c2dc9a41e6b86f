import { X509Certificate } from 'node:crypto'
import { derTag, derValuesOf, oidOf, readDer, type DerValue } from './der'

/** What a file or one of its blocks is. The catalogues have a word for each. */
export type CredentialKind =
  | 'certificate'
  | 'key'
  | 'encryptedKey'
  | 'request'
  | 'crl'
  | 'publicKey'
  | 'pkcs7'
  | 'pkcs12'
  | 'parameters'
  | 'openSshKey'
  | 'puttyKey'
  | 'keystore'
  | 'text'
  | 'binary'

export interface CredentialBlock {
  readonly kind: CredentialKind
  /** In PEM, as libraries read it, whatever form the file had. */
  readonly pem: string
  readonly der: Buffer
}

export interface CredentialFile {
  readonly blocks: readonly CredentialBlock[]
  /** How many blocks begin and are not whole, or hold no Base64. */
  readonly damaged: number
  /** What it is where it holds no block. */
  readonly otherwise: CredentialKind
}

const { sequence, integer, bitString, octetString, oid } = derTag

const byLabel: readonly (readonly [RegExp, CredentialKind])[] = [
  [/^ENCRYPTED PRIVATE KEY$/, 'encryptedKey'],
  [/^OPENSSH PRIVATE KEY$/, 'openSshKey'],
  [/PRIVATE KEY$/, 'key'],
  [/CERTIFICATE REQUEST$/, 'request'],
  [/CERTIFICATE$/, 'certificate'],
  [/^X509 CRL$/, 'crl'],
  [/PUBLIC KEY$/, 'publicKey'],
  [/^(PKCS ?#?7( SIGNED DATA)?|CMS)$/, 'pkcs7'],
  [/^PKCS ?#?12$/, 'pkcs12'],
  [/PARAMETERS$/, 'parameters'],
]

const base64Pattern = /^[A-Za-z0-9+/]+={0,2}$/
// Old keys have headers, such as "Proc-Type: 4,ENCRYPTED" (RFC 1421 §4.6), and an empty line behind them.
const headerEnd = /\n[ \t]*\n/

const otherKinds: readonly (readonly [RegExp, CredentialKind])[] = [
  [/^PuTTY-User-Key-File/, 'puttyKey'],
  [/^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-\S+) /, 'publicKey'],
  [/^---- BEGIN SSH2 PUBLIC KEY/, 'publicKey'],
]

const begin = '-----BEGIN '

/** What a file of certificates or keys holds: PEM in any text encoding with anything around it, or one value of DER. */
export const readCredentials = (bytes: Buffer): CredentialFile => {
  const text = textOf(bytes)
  if (text?.includes(begin)) return textFile(text)
  if (isKeystore(bytes)) return nothing('keystore')
  if (bytes[0] !== sequence) return text === null ? nothing('binary') : textFile(text)
  const value = readDer(bytes)
  const { kind, label } = value ? derKind(value.whole) : { kind: 'binary' as const, label: '' }
  if (value && kind !== 'binary')
    return { blocks: [{ kind, der: value.whole, pem: armoured(label, value.whole) }], damaged: 0, otherwise: 'binary' }
  if (text !== null) return textFile(text)
  // A sequence that ends too early. One of indefinite length (0x80) is BER, as some programs write PKCS #12.
  return nothing('binary', value || bytes[1] === 0x80 ? 0 : 1)
}

const armoured = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

const tagsOf = (values: readonly DerValue[]) => values.map(({ tag }) => `${tag} `).join('')

const isCertificate = (der: Buffer): boolean => {
  try {
    return new X509Certificate(der).raw.length > 0
  } catch {
    return false
  }
}

const isTime = ({ tag }: DerValue) => tag === derTag.utcTime || tag === derTag.generalizedTime

/** What is signed: a certificate, a list of revoked ones (RFC 5280 §5.1: dates stand in it) or a request (RFC 2986). */
const signedKind = (der: Buffer, signed: DerValue): CredentialKind => {
  if (isCertificate(der)) return 'certificate'
  const inside = derValuesOf(signed.content) ?? []
  if (inside.some(isTime)) return 'crl'
  return inside.length >= 3 && inside[0]?.tag === derTag.integer ? 'request' : 'binary'
}

const shape = (...tags: readonly number[]) => tags.map((tag) => `${tag} `).join('')

/** The kind of a DER value with the label PEM gives it (RFC 7468, and OpenSSL's for the older forms of keys). */
const derKind = (der: Buffer): { readonly kind: CredentialKind; readonly label: string } => {
  const parts = derValuesOf(readDer(der)?.content ?? Buffer.alloc(0)) ?? []
  const tags = tagsOf(parts)
  const [first] = parts
  if (tags === shape(sequence, sequence, bitString) && first)
    return { kind: signedKind(der, first), label: 'CERTIFICATE' }
  if (tags === shape(sequence, bitString)) return { kind: 'publicKey', label: 'PUBLIC KEY' }
  if (tags === shape(sequence, octetString)) return { kind: 'encryptedKey', label: 'ENCRYPTED PRIVATE KEY' }
  if (tags.startsWith(shape(integer, sequence, octetString))) return { kind: 'key', label: 'PRIVATE KEY' }
  if (tags.startsWith(shape(integer, octetString))) return { kind: 'key', label: 'EC PRIVATE KEY' }
  if (parts.length >= 9 && parts.every(({ tag }) => tag === integer)) return { kind: 'key', label: 'RSA PRIVATE KEY' }
  if (tags === shape(integer, integer)) return { kind: 'publicKey', label: 'RSA PUBLIC KEY' }
  if (tags.startsWith(shape(oid)) && oidOf(first)?.startsWith('1.2.840.113549.1.7.'))
    return { kind: 'pkcs7', label: 'PKCS7' }
  if (tags.startsWith(shape(integer, sequence)) && first?.content[0] === 3) return { kind: 'pkcs12', label: 'PKCS12' }
  return { kind: 'binary', label: '' }
}

const pemBlock = (label: string, body: string): CredentialBlock | null => {
  const lines = body.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
  const end = lines.includes(':') ? headerEnd.exec(lines) : null
  const base64 = (end ? lines.slice(end.index) : lines).replace(/\s+/g, '')
  if (!base64Pattern.test(base64)) return null
  const der = Buffer.from(base64, 'base64')
  const isEncrypted = end !== null && /Proc-Type:\s*4,ENCRYPTED/.test(lines.slice(0, end.index))
  const named = byLabel.find(([pattern]) => pattern.test(label))?.[1] ?? 'text'
  const kind = named === 'key' && isEncrypted ? 'encryptedKey' : named
  if (isEncrypted || kind === 'openSshKey')
    return { kind, der, pem: `-----BEGIN ${label}-----${lines}-----END ${label}-----\n` }
  const whole = readDer(der)?.whole
  if (!whole) return null
  // Behind a "TRUSTED CERTIFICATE" stands what OpenSSL trusts it for.
  return { kind, der: whole, pem: armoured(kind === 'certificate' ? 'CERTIFICATE' : label, whole) }
}

const isUtf16 = (bytes: Buffer, high: 0 | 1): boolean =>
  bytes.length >= 4 && [0, 2].every((at) => bytes[at + high] === 0 && (bytes[at + 1 - high] ?? 0) > 0)

/** The text of a file: UTF-8 or UTF-16, with a byte order mark or without one; null = it is no text. */
const textOf = (bytes: Buffer): string | null => {
  const hasMark = (...mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte)
  if (hasMark(0xff, 0xfe) || isUtf16(bytes, 1)) return bytes.toString('utf16le').replace(/^\ufeff/, '')
  if (hasMark(0xfe, 0xff) || isUtf16(bytes, 0)) {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
    return Buffer.from(even)
      .swap16()
      .toString('utf16le')
      .replace(/^\ufeff/, '')
  }
  return bytes.includes(0) ? null : bytes.toString('utf8').replace(/^\ufeff/, '')
}

// Java's own formats, JKS and JCEKS.
const isKeystore = (bytes: Buffer) => ['feedfeed', 'cececece'].includes(bytes.subarray(0, 4).toString('hex'))

/** From one beginning to the next; null = it does not end, or holds something else. */
const blockIn = (section: string): CredentialBlock | null => {
  const labelEnd = section.indexOf('-----')
  const label = section.slice(0, labelEnd)
  const end = section.indexOf(`-----END ${label}-----`)
  return labelEnd <= 0 || end < 0 ? null : pemBlock(label, section.slice(labelEnd + 5, end))
}

const textFile = (text: string): CredentialFile => {
  const blocks = text.split(begin).slice(1).map(blockIn)
  const whole = blocks.filter((block) => block !== null)
  const otherwise = otherKinds.find(([pattern]) => pattern.test(text.trimStart()))?.[1] ?? 'text'
  return { blocks: whole, damaged: blocks.length - whole.length, otherwise }
}

const nothing = (otherwise: CredentialKind, damaged = 0): CredentialFile => ({ blocks: [], damaged, otherwise })
