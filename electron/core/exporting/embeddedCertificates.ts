import { X509Certificate } from 'node:crypto'
import type { OwnConnection } from '#shared/exporting/ownFormat'
import { usesTls, type Profile } from '#shared/model/profile'
import { readRegularFile } from '../files/readRegularFile'

/** Bytes; a bundle of all authorities of a system has a quarter of it. */
export const mostCertificateBytes = 2 ** 20

/**
 * The certificates that a profile names, to be taken along in our own file. No key is among them, not even one that stands in the same
 * file. What cannot be read is left out: the profile names it all the same.
 */
export const embeddedCertificates = async ({
  scheme,
  tls,
}: Profile): Promise<NonNullable<OwnConnection['certificates']>> => {
  if (!usesTls(scheme)) return []
  const found = await Promise.all(
    (['caFile', 'certificateFile'] as const).map(async (field) => {
      const read = tls[field] === '' ? null : await readRegularFile(tls[field], { limitBytes: mostCertificateBytes })
      const bytes = read?.ok ? certificatesIn(read.value.bytes) : null
      return read?.ok && bytes ? [{ field, name: read.value.name, data: bytes.toString('base64') }] : []
    }),
  )
  return found.flat()
}

const pemCertificate = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g

/** PEM without all else that stands between, or DER; null = it is no certificate. */
const certificatesIn = (bytes: Buffer): Buffer | null => {
  const blocks = bytes.toString('latin1').match(pemCertificate)
  if (blocks) return Buffer.from(`${blocks.join('\n')}\n`, 'latin1')
  try {
    return new X509Certificate(bytes).raw
  } catch {
    return null
  }
}
