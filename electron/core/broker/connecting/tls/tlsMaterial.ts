import type { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsSettings } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { certificatesIn } from './certificateFile'
import { calledOf } from './certificateNames'
import { readCredentials } from './credentialBlocks'
import { keyIn } from './keyFile'
import { openPkcs12 } from './pkcs12File'
import { readTlsFiles, type TlsFiles } from './readTlsFiles'
import { blame, type TlsFile } from './tlsFileFailure'

/** The certificate we show, and the file it came from. */
export interface OwnCertificate {
  readonly field: 'certificateFile' | 'pkcs12File'
  readonly file: string
  readonly certificate: X509Certificate
}

/** Certificates that are trusted in place of the system's authorities, and the file they came from. */
export interface OwnAuthorities {
  readonly file: string
  readonly certificates: readonly X509Certificate[]
}

/** Certificates and key of a profile, read and found to fit together. Empty = the system's authorities, no client. */
export interface TlsMaterial {
  readonly context: SecureContext | null
  readonly own: OwnCertificate | null
  readonly authorities: OwnAuthorities | null
}

export const noMaterial: TlsMaterial = { context: null, own: null, authorities: null }

interface Identity {
  readonly own: OwnCertificate | null
  readonly options: SecureContextOptions
}

/**
 * Reads and tries what a profile's TLS settings name, so that a missing file, a wrong passphrase or a key that does not
 * belong to its certificate is told before anything is sent. PEM, DER and texts in UTF-16 are taken. Fails with the
 * `field` to blame; a missing or wrong passphrase blames `keyPassphrase`. When `signal` is aborted, fails with its
 * reason.
 */
export const loadTlsMaterial = async (
  tls: TlsSettings,
  passphrase: string | undefined,
  signal: AbortSignal,
): Promise<Result<TlsMaterial>> => {
  const files = await readTlsFiles(tls, signal)
  if (!files.ok) return files
  const authorities = authoritiesOf(files.value)
  if (!authorities.ok) return authorities
  const identity = identityOf(files.value, passphrase)
  if (!identity.ok) return identity
  const { own, options } = identity.value
  if (!own && !authorities.value) return ok(noMaterial)
  const ca = authorities.value?.certificates.map(String)
  const context = contextOf(files.value, { ...options, ...(ca && { ca }) })
  return context.ok ? ok({ context: context.value, own, authorities: authorities.value }) : context
}

const holdsKind = ({ bytes }: TlsFile, wanted: 'certificate' | 'key'): boolean => {
  const kinds = readCredentials(bytes).blocks.map(({ kind }) => (kind === 'encryptedKey' ? 'key' : kind))
  return kinds.includes(wanted) && !kinds.includes(wanted === 'key' ? 'certificate' : 'key')
}

/** The certificate that is shown has to come first: RFC 8446 §4.4.2, RFC 5246 §7.4.2. */
const pairOf = (certificateFile: TlsFile, keyFile: TlsFile, passphrase: string | undefined): Result<Identity> => {
  if (holdsKind(certificateFile, 'key') && holdsKind(keyFile, 'certificate'))
    return blame('tlsFilesSwapped', certificateFile, { other: keyFile.name })
  const certificates = certificatesIn(certificateFile)
  if (!certificates.ok) return certificates
  const key = keyIn(keyFile, passphrase)
  if (!key.ok) return key
  const [first] = certificates.value
  const owner = certificates.value.find((certificate) => certificate.checkPrivateKey(key.value))
  if (!first || !owner)
    return blame('tlsKeyMismatch', keyFile, { other: certificateFile.name, subject: calledOf(first?.subject) })
  if (owner !== first)
    return blame('tlsChainOrder', certificateFile, { first: calledOf(first.subject), subject: calledOf(owner.subject) })
  return ok({
    own: { field: 'certificateFile', file: certificateFile.name, certificate: first },
    options: {
      cert: certificates.value.map(String).join(''),
      key: key.value.export({ format: 'pem', type: 'pkcs8' }),
    },
  })
}

const identityOf = (files: TlsFiles, passphrase: string | undefined): Result<Identity> => {
  const { certificateFile, keyFile, pkcs12File } = files
  if (pkcs12File) {
    const certificate = openPkcs12(pkcs12File, passphrase)
    if (!certificate.ok) return certificate
    const options = { pfx: pkcs12File.bytes, ...(passphrase !== undefined && { passphrase }) }
    return ok({ own: { field: 'pkcs12File', file: pkcs12File.name, certificate: certificate.value }, options })
  }
  return certificateFile && keyFile ? pairOf(certificateFile, keyFile, passphrase) : ok({ own: null, options: {} })
}

const authoritiesOf = ({ caFile }: TlsFiles): Result<OwnAuthorities | null> => {
  if (!caFile) return ok(null)
  const certificates = certificatesIn(caFile)
  return certificates.ok ? ok({ file: caFile.name, certificates: certificates.value }) : certificates
}

const contextOf = (files: TlsFiles, options: SecureContextOptions): Result<SecureContext> => {
  try {
    return ok(createSecureContext(options))
  } catch (error) {
    // Each part was valid by itself, so what is refused is a kind of key or a strength.
    const blamed = files.pkcs12File ?? files.certificateFile ?? files.caFile
    if (!blamed) throw error
    return blame('tlsCertificateUnusable', blamed, { told: messageOf(error) })
  }
}
