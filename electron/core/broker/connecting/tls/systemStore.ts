import { readFile } from 'node:fs/promises'
import * as tls from 'node:tls'
import { fail, ok, type Result } from '#shared/result'

/** Where Linux systems keep all authorities in one file: Debian, Fedora, openSUSE, Alpine. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Node has it from 22.15 on, for all systems. */
type ReadStore = (kind: 'system') => string[]

/**
 * The authorities that the operating system trusts, in PEM. Fails with `tlsSystemStore` where they cannot be read, as on Windows and
 * macOS with a Node that does not know how.
 */
export const systemAuthorities = async (): Promise<Result<readonly string[]>> => {
  const read = (tls as { readonly getCACertificates?: ReadStore }).getCACertificates
  const found = read ? read('system') : await readBundle()
  if (found.length > 0) return ok(found)
  return fail('tlsSystemStore', "The system's authorities could not be read.", { field: 'tls.trustSystemStore' })
}

const readBundle = async (): Promise<readonly string[]> => {
  for (const path of bundles) {
    const text = await readFile(path, 'latin1').catch(() => '')
    const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
    if (found) return found
  }
  return []
}
