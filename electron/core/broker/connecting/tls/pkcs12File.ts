import { X509Certificate } from 'node:crypto'
import { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls'
import { ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { wrongKind } from './certificateFile'
import { readCredentials } from './credentialBlocks'
import { encryptionName } from './encryptionName'
import { encryptionUnsupported, unsupportedWords } from './keyFile'
import { blame, blamePassphrase, type TlsFile } from './tlsFileFailure'

/** The certificate of a PKCS #12 file, opened with the passphrase, which may be empty (RFC 7292). */
export const openPkcs12 = (file: TlsFile, passphrase: string | undefined): Result<X509Certificate> => {
  const read = readCredentials(file.bytes)
  const [block] = read.blocks
  if (block ? block.kind !== 'pkcs12' : read.otherwise !== 'binary') return wrongKind(file, read)
  if (read.damaged > 0) return blame('tlsFileDamaged', file, { whole: 0 })
  try {
    const context = createSecureContext({ pfx: file.bytes, ...(passphrase !== undefined && { passphrase }) })
    const certificate = shownWith(context)
    return certificate ? ok(certificate) : blame('tlsPkcs12Incomplete', file, { detail: 'certificate' })
  } catch (error) {
    return failureOf(file, passphrase, messageOf(error))
  }
}

const failureOf = (file: TlsFile, passphrase: string | undefined, told: string) => {
  if (/mac.(verify|absent)|missing_mac|incorrect.password|bad.decrypt/i.test(told)) {
    if (/absent|missing/i.test(told)) return blame('tlsPkcs12Incomplete', file, { detail: 'mac', told })
    return blamePassphrase((passphrase ?? '') === '' ? 'tlsPassphraseMissing' : 'tlsPassphraseWrong', file, told)
  }
  // Before the general words: OpenSSL 3 says "unsupported" of RC2 and calls all of it "PFX data".
  if (unsupportedWords.test(told)) return encryptionUnsupported(file, encryptionName(file.bytes), told)
  if (/private key|null parameter/i.test(told)) return blame('tlsPkcs12Incomplete', file, { detail: 'key', told })
  if (/certificate/i.test(told)) return blame('tlsPkcs12Incomplete', file, { detail: 'certificate', told })
  return blame('tlsFileDamaged', file, { whole: 0, told })
}

/** The certificate that a context would show. Node tells it only of a connection. */
const shownWith = (secureContext: SecureContext): X509Certificate | null => {
  const nowhere = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })
  const socket = new TLSSocket(nowhere, { secureContext })
  const shown = socket.getCertificate()
  socket.on('error', () => undefined)
  socket.destroy()
  return shown && 'raw' in shown ? new X509Certificate(shown.raw) : null
}
