import { createPrivateKey, type KeyObject } from 'node:crypto'
import { ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { wrongKind } from './certificateFile'
import { readCredentials, type CredentialBlock } from './credentialBlocks'
import { encryptionName, keyName } from './encryptionName'
import { blame, blamePassphrase, type TlsFile } from './tlsFileFailure'

/** The messages of OpenSSL (Node) and BoringSSL (Electron) for an algorithm they do not support. */
export const unsupportedWords =
  /unsupported|unknown.(algorithm|cipher|digest|group|pbe)|unknown_(algorithm|cipher|digest|group|pbe)|invalid_curve/i

export const encryptionUnsupported = (file: TlsFile, detail: string, told: string) =>
  blame('tlsEncryptionUnsupported', file, { detail, known: detail === '' ? 'no' : 'yes', told })

/** Every library opens these, so that nothing of what it says is about them. */
const alwaysSupported = /^(HMAC SHA-256, )?AES-(128|256)(-CBC)?$/

const unreadable = (file: TlsFile, { kind, der, pem }: CredentialBlock, error: unknown) => {
  const told = messageOf(error)
  const isUnsupported = unsupportedWords.test(told)
  if (kind === 'key')
    return isUnsupported && keyName(der) !== ''
      ? blame('tlsKeyUnsupported', file, { detail: keyName(der), told })
      : blame('tlsFileDamaged', file, { whole: 0, told })
  const encryption = /DEK-Info:\s*([\w-]+)/.exec(pem)?.[1] ?? encryptionName(der)
  if (isUnsupported && !alwaysSupported.test(encryption)) return encryptionUnsupported(file, encryption, told)
  // A wrong passphrase decrypts the key to random bytes, for which libraries have many different messages: also, where these
  // bytes end like padding by chance (one in 256), that what they hold is not supported.
  return blamePassphrase('tlsPassphraseWrong', file, told)
}

/** The private key of a file, opened with the passphrase where it is encrypted. */
export const keyIn = (file: TlsFile, passphrase: string | undefined): Result<KeyObject> => {
  const read = readCredentials(file.bytes)
  const keys = read.blocks.filter(({ kind }) => kind === 'key' || kind === 'encryptedKey')
  const [block] = keys
  if (!block) return read.damaged > 0 ? blame('tlsFileDamaged', file, { whole: 0 }) : wrongKind(file, read)
  if (keys.length > 1) return blame('tlsSeveralKeys', file, { count: keys.length })
  const isEncrypted = block.kind === 'encryptedKey'
  if (isEncrypted && (passphrase ?? '') === '') return blamePassphrase('tlsPassphraseMissing', file)
  try {
    return ok(createPrivateKey({ key: block.pem, ...(isEncrypted && { passphrase }) }))
  } catch (error) {
    return unreadable(file, block, error)
  }
}
