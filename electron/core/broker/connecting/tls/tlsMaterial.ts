import type { X509Certificate } from 'node:crypto'
import { createSecureContext, rootCertificates, type SecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsSettings } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { certificatesIn } from './certificateFile'
import { calledOf } from './certificateNames'
import { readCredentials } from './credentialBlocks'
import { keyIn } from './keyFile'
import { openPkcs12 } from './pkcs12File'
import { readTlsFiles, type TlsFiles } from './readTlsFiles'
import { systemAuthorities } from './systemStore'
import { blame, type TlsFile } from './tlsFileFailure'

/** The certificate we show, and the file it came from. */
export interface OwnCertificate {
  readonly field: 'certificateFile' | 'pkcs12File'
  readonly file: string
  readonly certificate: X509Certificate
}

/** Certificates of a file that are trusted, and the file they came from. */
export interface OwnAuthorities {
  readonly file: string
  readonly certificates: readonly X509Certificate[]
  /** Whether the system's and the built-in authorities are trusted as well. */
  readonly besideOthers: boolean
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
  const authorities = authoritiesOf(files.value, tls.trustSystemStore)
  if (!authorities.ok) return authorities
  const identity = identityOf(files.value, passphrase)
  if (!identity.ok) return identity
  const { own, options } = identity.value
  const ca = await trustedBy(tls, authorities.value)
  if (!ca.ok) return ca
  const limits = limitsOf(tls)
  if (!limits.ok) return limits
  const chosen = { ...options, ...ca.value, ...limits.value }
  if (Object.keys(chosen).length === 0) return ok(noMaterial)
  const context = contextOf(files.value, chosen)
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

const authoritiesOf = ({ caFile }: TlsFiles, besideOthers: boolean): Result<OwnAuthorities | null> => {
  if (!caFile) return ok(null)
  const certificates = certificatesIn(caFile)
  return certificates.ok ? ok({ file: caFile.name, certificates: certificates.value, besideOthers }) : certificates
}

/** Whose certificates are trusted; nothing = those that Node brings along. */
const trustedBy = async (
  { trustSystemStore }: TlsSettings,
  authorities: OwnAuthorities | null,
): Promise<Result<Pick<SecureContextOptions, 'ca'>>> => {
  const own = authorities?.certificates.map(String)
  if (!trustSystemStore) return ok(own ? { ca: own } : {})
  const system = await systemAuthorities()
  return system.ok ? ok({ ca: [...(own ?? []), ...system.value, ...rootCertificates] }) : system
}

/** What may be agreed on. A list of ciphers is tried by itself, so that it is blamed and nothing else. */
const limitsOf = ({
  minimumVersion,
  maximumVersion,
  ciphers,
}: TlsSettings): Result<Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers'>> => {
  const versions = {
    // Without a lower one, Node would refuse a maximum that is below its own minimum.
    ...(minimumVersion !== ''
      ? { minVersion: minimumVersion }
      : isOld(maximumVersion) && { minVersion: 'TLSv1' as const }),
    ...(maximumVersion !== '' && { maxVersion: maximumVersion }),
  }
  if (ciphers.trim() === '') return ok(versions)
  try {
    // A list is taken as soon as one name in it is known, so each is tried.
    for (const list of [...namesIn(ciphers), ciphers.trim()]) createSecureContext({ ciphers: list })
    return ok({ ...versions, ciphers: ciphers.trim() })
  } catch (error) {
    const told = messageOf(error)
    return fail('tlsCiphersUnknown', `The list of ciphers is not taken: ${told}`, {
      field: 'tls.ciphers',
      values: { told },
    })
  }
}

/** What a list of ciphers asks for; what it leaves out may be unknown by now. */
const namesIn = (ciphers: string): readonly string[] =>
  ciphers
    .split(/[\s:,]+/)
    .filter((name) => !/^(?:$|[!@-])/.test(name))
    .map((name) => name.replace(/@.*$/, '').replace(/^\+/, ''))

const isOld = (version: TlsSettings['maximumVersion']): boolean => version === 'TLSv1' || version === 'TLSv1.1'

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
