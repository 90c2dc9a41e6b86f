import type { X509Certificate } from 'node:crypto'
import { derTag, derValuesOf, oidOf, readDer, type DerValue } from './der'

/** Node's names of what is wrong with a chain, so that they read like those of its own verification. */
export type ChainProblem =
  | 'CERT_HAS_EXPIRED'
  | 'CERT_NOT_YET_VALID'
  | 'INVALID_PURPOSE'
  | 'INVALID_CA'
  | 'PATH_LENGTH_EXCEEDED'
  | 'CA_MD_TOO_WEAK'
  | 'EE_KEY_TOO_SMALL'
  | 'UNHANDLED_CRITICAL_EXTENSION'
  | 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'

const serverAuthentication = '1.3.6.1.5.5.7.3.1'
const basicConstraints = '2.5.29.19'
const nameConstraints = '2.5.29.30'
/** Basic constraints, key usage (`checkIssued` looks at it), extended key usage, names: what is understood here. */
const understood: ReadonlySet<string | null> = new Set([basicConstraints, '2.5.29.15', '2.5.29.37', '2.5.29.17'])
// MD2, MD4, MD5 and SHA-1 with RSA, DSA and ECDSA.
const weakSignatures: ReadonlySet<string | null> = new Set([
  ...[2, 3, 4, 5].map((kind) => `1.2.840.113549.1.1.${kind}`),
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
  '1.3.14.3.2.29',
])
/** What OpenSSL takes at security level 1, Node's default. */
const leastRsaBits = 1_024

interface Extension {
  readonly id: string | null
  readonly isCritical: boolean
  readonly value: Buffer
}

/**
 * What keeps a server's chain from being trusted by one of `trusted` as it is, be it a root, an intermediate authority or
 * the server's certificate itself: OpenSSL's X509_V_FLAG_PARTIAL_CHAIN, which Electron's TLS does not offer. Null =
 * nothing; the name is checked apart. Each signature on the way is verified, with dates, purposes, the right to sign and
 * path lengths, also of the trusted certificate; what is not understood is refused.
 */
export const problemAsItIs = (
  chain: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  now: number,
): ChainProblem | null => {
  for (const [index, certificate] of chain.entries()) {
    const problem = problemOf(certificate, now)
    if (problem) return problem
    if (trusted.some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256)) return null
    if (weakSignatures.has(partsOf(certificate).signature)) return 'CA_MD_TOO_WEAK'
    // Several may have the same name and key, of which one has expired.
    const signers = trusted.filter((one) => hasSigned(one, certificate))
    const problems = signers.map((signer) => problemOf(signer, now) ?? issuerProblem(signer, index))
    if (signers.length > 0) return problems.includes(null) ? null : (problems[0] ?? null)
    const next = chain[index + 1]
    if (!next || !hasSigned(next, certificate)) return 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'
    const refused = issuerProblem(next, index)
    if (refused) return refused
  }
  return 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'
}

const inside = (value: DerValue | null | undefined): readonly DerValue[] => (value && derValuesOf(value.content)) ?? []

const extensionOf = (value: DerValue): Extension => {
  const [id, second, third] = inside(value)
  const isCritical = second?.tag === derTag.boolean && second.content[0] !== 0
  return { id: oidOf(id), isCritical, value: (third ?? second)?.content ?? Buffer.alloc(0) }
}

/** RFC 5280 §4.1: Certificate = (TBSCertificate (… [3] Extensions), signatureAlgorithm, signature). */
const partsOf = ({ raw }: X509Certificate) => {
  const [signed, algorithm] = inside(readDer(raw))
  const wrapped = inside(signed).find(({ tag }) => tag === 0xa3)
  return {
    signature: oidOf(inside(algorithm)[0]),
    extensions: inside(inside(wrapped)[0]).map(extensionOf),
  }
}

/** RFC 5280 §4.2.1.9: how many authorities may stand between this one and the server; null = any number. */
const pathLengthOf = (extensions: readonly Extension[]): number | null => {
  const constraints = extensions.find(({ id }) => id === basicConstraints)
  const length = constraints && inside(readDer(constraints.value)).find(({ tag }) => tag === derTag.integer)
  return length ? length.content.reduce((sum, byte) => sum * 256 + byte, 0) : null
}

const dateProblem = ({ validFrom, validTo }: X509Certificate, now: number): ChainProblem | null => {
  if (!(now >= Date.parse(validFrom))) return 'CERT_NOT_YET_VALID'
  return now <= Date.parse(validTo) ? null : 'CERT_HAS_EXPIRED'
}

/** What is wrong with a certificate by itself. */
const problemOf = (certificate: X509Certificate, now: number): ChainProblem | null => {
  const { extensions } = partsOf(certificate)
  // Limits on names would have to be checked against every name below; a certificate with them is left to the system.
  if (extensions.some(({ id, isCritical }) => (isCritical && !understood.has(id)) || id === nameConstraints))
    return 'UNHANDLED_CRITICAL_EXTENSION'
  const purposes = certificate.keyUsage as readonly string[] | undefined
  if (purposes && !purposes.includes(serverAuthentication)) return 'INVALID_PURPOSE'
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
  const bits = asymmetricKeyDetails?.modulusLength ?? 0
  if (asymmetricKeyType?.startsWith('rsa') === true && bits < leastRsaBits) return 'EE_KEY_TOO_SMALL'
  return dateProblem(certificate, now)
}

/** Whether one certificate signed another: by name and key identifier, and by its key. */
const hasSigned = (issuer: X509Certificate, certificate: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

/** Whether `issuer` may have signed what stands `below` authorities above the server's certificate. */
const issuerProblem = (issuer: X509Certificate, below: number): ChainProblem | null => {
  if (!issuer.ca) return 'INVALID_CA'
  const allowed = pathLengthOf(partsOf(issuer).extensions)
  return allowed !== null && below > allowed ? 'PATH_LENGTH_EXCEEDED' : null
}
