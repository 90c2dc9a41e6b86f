import { X509Certificate } from 'node:crypto'
import { ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { readCredentials, type CredentialFile, type CredentialKind } from './credentialBlocks'
import { blame, type TlsFile } from './tlsFileFailure'

/** Blames a file that holds something else than wanted, such as a key in place of a certificate. */
export const wrongKind = (file: TlsFile, { blocks, otherwise }: CredentialFile) => {
  const found: CredentialKind = blocks.find(({ kind }) => kind !== 'parameters')?.kind ?? otherwise
  return blame('tlsFileWrongKind', file, { found: found === 'encryptedKey' ? 'key' : found })
}

/** The certificates of a file, in its order. Other kinds of blocks are ignored; a damaged block is a failure. */
export const certificatesIn = (file: TlsFile): Result<readonly X509Certificate[]> => {
  const read = readCredentials(file.bytes)
  const blocks = read.blocks.filter(({ kind }) => kind === 'certificate')
  if (read.damaged > 0) return blame('tlsFileDamaged', file, { whole: read.blocks.length })
  if (blocks.length === 0) return wrongKind(file, read)
  const certificates: X509Certificate[] = []
  for (const { der } of blocks) {
    try {
      certificates.push(new X509Certificate(der))
    } catch (error) {
      return blame('tlsFileDamaged', file, { whole: certificates.length, told: messageOf(error) })
    }
  }
  return ok(certificates)
}
