import { safeStorage } from 'electron'
import type { SecretVault } from '../../core/storage/secretVault'

/**
 * The synchronous half of safeStorage: the only one in older Electrons, and still there in newer ones. What may be
 * missing is optional.
 */
interface SynchronousSafeStorage {
  isEncryptionAvailable?(): boolean
  encryptString(text: string): Buffer
  decryptString(encrypted: Buffer): string
  /** Linux only. */
  getSelectedStorageBackend?(): string
}
const storage: SynchronousSafeStorage = safeStorage

// `basic_text` encrypts with a password that stands in Chromium's source. Where the backend cannot be asked for, the
// Electron is so old that `isEncryptionAvailable` is true for a real keyring only.
const unsafeBackends = new Set(['basic_text', 'unknown'])

/** The system's keyring. Call it after the application is ready: before, there is no backend. */
export const createSafeStorageVault = (): SecretVault => {
  const available = isAvailable()
  return {
    available: () => available,
    encrypt: (text) => storage.encryptString(text).toString('base64'),
    decrypt: (text) => storage.decryptString(Buffer.from(text, 'base64')),
  }
}

const isAvailable = (): boolean => {
  try {
    const backend = process.platform === 'linux' ? storage.getSelectedStorageBackend?.() : undefined
    const isReal = backend === undefined || !unsafeBackends.has(backend)
    return isReal && storage.isEncryptionAvailable?.() === true
  } catch {
    return false
  }
}
