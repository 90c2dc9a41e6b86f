import { oidsIn, readDer } from './der'

/** Names of what keys and PKCS #12 files are encrypted with (RFC 8018, RFC 7292, NIST and vendors). */
const names = new Map<string, string>([
  ['1.2.840.113549.1.5.1', 'PBES1 (MD2, DES)'],
  ['1.2.840.113549.1.5.3', 'PBES1 (MD5, DES)'],
  ['1.2.840.113549.1.5.4', 'PBES1 (MD2, RC2)'],
  ['1.2.840.113549.1.5.6', 'PBES1 (MD5, RC2)'],
  ['1.2.840.113549.1.5.10', 'PBES1 (SHA-1, DES)'],
  ['1.2.840.113549.1.5.11', 'PBES1 (SHA-1, RC2)'],
  ['1.2.840.113549.1.12.1.1', 'RC4 128'],
  ['1.2.840.113549.1.12.1.2', 'RC4 40'],
  ['1.2.840.113549.1.12.1.3', 'Triple DES'],
  ['1.2.840.113549.1.12.1.4', 'Triple DES (2 keys)'],
  ['1.2.840.113549.1.12.1.5', 'RC2 128'],
  ['1.2.840.113549.1.12.1.6', 'RC2 40'],
  ['1.3.6.1.4.1.11591.4.11', 'scrypt'],
  ['1.2.840.113549.2.9', 'HMAC SHA-256'],
  ['1.2.840.113549.2.10', 'HMAC SHA-384'],
  ['1.2.840.113549.2.11', 'HMAC SHA-512'],
  ['1.3.14.3.2.7', 'DES'],
  ['1.2.840.113549.3.2', 'RC2'],
  ['1.2.840.113549.3.7', 'Triple DES'],
  ['2.16.840.1.101.3.4.1.2', 'AES-128'],
  ['2.16.840.1.101.3.4.1.22', 'AES-192'],
  ['2.16.840.1.101.3.4.1.42', 'AES-256'],
  ['1.2.392.200011.61.1.1.1.2', 'Camellia-128'],
  ['1.2.392.200011.61.1.1.1.3', 'Camellia-192'],
  ['1.2.392.200011.61.1.1.1.4', 'Camellia-256'],
  ['1.2.410.200004.1.4', 'SEED'],
  ['1.2.410.200046.1.1.2', 'ARIA-128'],
  ['1.2.410.200046.1.1.12', 'ARIA-192'],
  ['1.2.410.200046.1.1.22', 'ARIA-256'],
  ['1.2.156.10197.1.104.2', 'SM4'],
])

/** Names of kinds of keys (RFC 5480, RFC 8410, SEC 2, RFC 5639). */
const keyNames = new Map<string, string>([
  ['1.2.840.10040.4.1', 'DSA'],
  ['1.2.840.113549.1.1.10', 'RSA-PSS'],
  ['1.2.840.113549.1.3.1', 'Diffie-Hellman'],
  ['1.3.101.110', 'X25519'],
  ['1.3.101.111', 'X448'],
  ['1.3.101.112', 'Ed25519'],
  ['1.3.101.113', 'Ed448'],
  ['1.3.132.0.10', 'secp256k1'],
  ['1.3.132.0.33', 'secp224r1'],
  ['1.2.840.10045.3.1.1', 'secp192r1'],
  ['1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1'],
  ['1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1'],
  ['1.2.156.10197.1.301', 'SM2'],
])

/** What a file is encrypted with, e.g. `scrypt, AES-256`; '' = unknown. */
export const encryptionName = (der: Buffer): string => namesIn(names, der)

/** What kind of key it is, where that is an unusual one; '' = unknown. */
export const keyName = (der: Buffer): string => namesIn(keyNames, der)

const namesIn = (known: ReadonlyMap<string, string>, der: Buffer): string => {
  const value = readDer(der)
  const found = value ? oidsIn(value).map((oid) => known.get(oid)) : []
  return [...new Set(found.filter((name) => name !== undefined))].join(', ')
}
