import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContext } from 'node:tls'
import { basename } from 'node:path'
import type { TlsSettings } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'

/** Certificates and key of a profile, read and found to fit together. Empty = the system's authorities, no client. */
export interface TlsMaterial {
  readonly context: SecureContext | null
}

interface TlsFiles {
  readonly ca: Buffer | null
  readonly certificate: Buffer | null
  readonly key: Buffer | null
  readonly pkcs12: Buffer | null
}
type FileField = 'caFile' | 'certificateFile' | 'keyFile' | 'pkcs12File'

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
// OpenSSL and BoringSSL name a wrong passphrase in these words.
const passphraseWords =
  /passphrase|bad decrypt|bad_decrypt|mac verify|mac_verify|incorrect_password|incorrect password|interrupted or cancelled/i

const readOne = async (tls: TlsSettings, field: FileField): Promise<Result<Buffer | null>> => {
  const path = tls[field]
  if (path === '') return ok(null)
  try {
    return ok(await readFile(path))
  } catch (error) {
    const detail = reasonOf(error)
    const values = { name: basename(path), file: basename(path), detail }
    return fail('fileUnreadable', `${path} could not be read: ${detail}`, { field: `tls.${field}`, values })
  }
}

const readFiles = async (tls: TlsSettings): Promise<Result<TlsFiles>> => {
  const ca = await readOne(tls, 'caFile')
  if (!ca.ok) return ca
  const certificate = await readOne(tls, 'certificateFile')
  if (!certificate.ok) return certificate
  const key = await readOne(tls, 'keyFile')
  if (!key.ok) return key
  const pkcs12 = await readOne(tls, 'pkcs12File')
  if (!pkcs12.ok) return pkcs12
  return ok({ ca: ca.value, certificate: certificate.value, key: key.value, pkcs12: pkcs12.value })
}

// In the words of OpenSSL (Node) and of BoringSSL (Electron).
const plainWords: readonly (readonly [RegExp, string])[] = [
  [passphraseWords, 'The passphrase is missing or wrong.'],
  [/no.start.line|DECODER routines|bad_pkcs12_data|not enough data|wrong tag/i, 'It is not a file of that kind.'],
  [/values.mismatch/i, 'The key does not belong to the certificate.'],
]

const unusable = (tls: TlsSettings, field: FileField, error: unknown) => {
  const told = reasonOf(error)
  const detail = plainWords.find(([pattern]) => pattern.test(told))?.[1] ?? told
  const hasSecret = field === 'keyFile' || field === 'pkcs12File'
  const isPassphrase = hasSecret && passphraseWords.test(told)
  const code = field === 'keyFile' || isPassphrase ? 'tlsKeyUnreadable' : 'tlsCertificateUnreadable'
  const file = basename(tls[field])
  return fail(code, `${tls[field]} could not be used: ${told}`, {
    field: isPassphrase ? 'keyPassphrase' : `tls.${field}`,
    values: { file, name: file, detail },
  })
}

const attempt = (tls: TlsSettings, field: FileField, act: () => unknown): Result<null> => {
  try {
    act()
    return ok(null)
  } catch (error) {
    return unusable(tls, field, error)
  }
}

const begin = '-----BEGIN CERTIFICATE-----'
/** Every certificate of a PEM bundle, or the one of a DER file, as PEM. */
const certificatesOf = (file: Buffer): string[] => {
  const text = file.toString('latin1')
  if (!text.includes(begin)) return [new X509Certificate(file).toString()]
  return text
    .split(begin)
    .slice(1)
    .map((block) => new X509Certificate(begin + block).toString())
}

/**
 * Reads and tries what a profile's TLS settings name, so that a missing file, a wrong passphrase or a key that does not
 * belong to its certificate is told before anything is sent. Fails with `fileUnreadable`, `tlsCertificateUnreadable` or
 * `tlsKeyUnreadable` and the `field` to blame; a wrong passphrase blames `keyPassphrase`.
 */
export const loadTlsMaterial = async (
  tls: TlsSettings,
  passphrase: string | undefined,
): Promise<Result<TlsMaterial>> => {
  const files = await readFiles(tls)
  if (!files.ok) return files
  const { ca, certificate, key, pkcs12 } = files.value
  const secret = passphrase === undefined ? {} : { passphrase }
  const steps: (readonly [FileField, () => unknown])[] = []
  if (ca) steps.push(['caFile', () => certificatesOf(ca)])
  if (certificate) steps.push(['certificateFile', () => certificatesOf(certificate)])
  if (key) steps.push(['keyFile', () => createPrivateKey({ key, ...secret })])
  if (pkcs12) steps.push(['pkcs12File', () => createSecureContext({ pfx: pkcs12, ...secret })])
  const pair = { ...(certificate && { cert: certificate }), ...(key && { key, ...secret }) }
  let context: SecureContext | null = null
  const together = () => {
    const identity = pkcs12 ? { pfx: pkcs12, ...secret } : pair
    context = createSecureContext({ ...identity, ...(ca && { ca: certificatesOf(ca) }) })
  }
  steps.push([pkcs12 ? 'pkcs12File' : 'keyFile', together])
  for (const [field, act] of steps) {
    const result = attempt(tls, field, act)
    if (!result.ok) return result
  }
  return ok({ context })
}
