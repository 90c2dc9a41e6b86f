import { createCipheriv, createDecipheriv, pbkdf2, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import {
  lockedSecretsSchema,
  openedSecretsSchema,
  type LockedSecrets,
  type OpenedSecrets,
} from '#shared/exporting/ownFormat'
import { recordOf, textOf } from '#shared/importing/fields'
import type { ForeignDocument } from '#shared/importing/foreignConnection'
import { UnreadableFile } from '#shared/importing/limits'

const cipher = 'aes-256-gcm'
const keyBytes = 32
const tagBytes = 16

const deriveByScrypt = (password: string, salt: Uint8Array, n: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // 128 · N · r bytes are what it takes, and a little beside.
    scrypt(password.normalize('NFC'), salt, keyBytes, { N: n, r: 8, p: 1, maxmem: 256 * n * 8 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

/** Encrypts secrets under a password, with a salt and a nonce of their own. */
export const lockSecrets = async (secrets: OpenedSecrets, password: string): Promise<LockedSecrets> => {
  const n = 2 ** 15
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const encrypting = createCipheriv(cipher, await deriveByScrypt(password, salt, n), iv)
  const data = Buffer.concat([encrypting.update(JSON.stringify(secrets), 'utf8'), encrypting.final()])
  return {
    derivation: 'scrypt',
    n,
    r: 8,
    p: 1,
    salt: salt.toString('base64'),
    encryption: cipher,
    iv: iv.toString('base64'),
    tag: encrypting.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
}

/** The secrets of one of our files. Throws `UnreadableFile`: `wrongPassword`, or `damaged` where they are none. */
export const openSecrets = async (document: ForeignDocument, password: string): Promise<OpenedSecrets> => {
  const locked = lockedSecretsSchema.safeParse(recordOf(document.value)['secrets'])
  if (!locked.success) throw damaged('The secrets in the file are damaged.')
  const { salt, n, iv, tag, data } = locked.data
  const text = decrypted({
    key: await deriveByScrypt(password, Buffer.from(salt, 'base64'), n),
    iv: Buffer.from(iv, 'base64'),
    tag: Buffer.from(tag, 'base64'),
    data: Buffer.from(data, 'base64'),
  })
  const opened = openedSecretsSchema.safeParse(parsed(text))
  if (!opened.success) throw damaged('The secrets in the file are damaged.')
  return opened.data
}

/** CorreoMQTT: PBKDF2-HMAC-SHA256 with 65,536 rounds; nonce, salt, and the text with its tag, as one Base64 text. */
export const openCorreo = async (document: ForeignDocument, password: string): Promise<ForeignDocument> => {
  const file = recordOf(document.value)
  const bytes = Buffer.from(textOf(file['encryptedData']), 'base64')
  if (bytes.length < 12 + 16 + tagBytes) throw damaged('The encrypted data is too short.')
  const key = await promisify(pbkdf2)(password, bytes.subarray(12, 28), 65_536, keyBytes, 'sha256')
  const text = decrypted({
    key,
    iv: bytes.subarray(0, 12),
    tag: bytes.subarray(-tagBytes),
    data: bytes.subarray(28, -tagBytes),
  })
  const connections = parsed(text)
  if (!Array.isArray(connections)) throw damaged('What is encrypted are no connections.')
  return {
    ...document,
    value: { encryptionType: file['encryptionType'], encryptedData: '', connectionConfigDTOS: connections },
  }
}

interface Encrypted {
  readonly key: Buffer
  readonly iv: Buffer
  readonly tag: Buffer
  readonly data: Buffer
}

/** GCM tells a wrong password from nothing: neither it nor data that was changed gives a text. */
const decrypted = ({ key, iv, tag, data }: Encrypted): string => {
  if (iv.length !== 12 || tag.length !== tagBytes) throw damaged('The encrypted data is damaged.')
  try {
    const decrypting = createDecipheriv(cipher, key, iv, { authTagLength: tagBytes })
    decrypting.setAuthTag(tag)
    return Buffer.concat([decrypting.update(data), decrypting.final()]).toString('utf8')
  } catch (error) {
    throw new UnreadableFile('wrongPassword', 'The password is wrong, or the data was changed.', { cause: error })
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const damaged = (message: string) => new UnreadableFile('damaged', message)
