import { safeStorage } from 'electron'
import type { SecretVault } from '../core/storage/secretVault'

/** Not every Electron has it, and it answers on Linux only. */
type MaybeBackend = Partial<Pick<Electron.SafeStorage, 'getSelectedStorageBackend'>>

// `basic_text` encrypts with a password that stands in Chromium's source.
const isRealBackend = (): boolean => {
  if (process.platform !== 'linux') return true
  const { getSelectedStorageBackend }: MaybeBackend = safeStorage
  const backend = getSelectedStorageBackend?.call(safeStorage)
  return backend !== 'basic_text' && backend !== 'unknown'
}

const isAvailable = (): boolean => {
  try {
    return safeStorage.isEncryptionAvailable() && isRealBackend()
  } catch {
    return false
  }
}

/** The system's keyring. Call it after the application is ready: before, there is no backend. */
export const createSafeStorageVault = (): SecretVault => {
  const available = isAvailable()
  return {
    available: () => available,
    encrypt: (text) => safeStorage.encryptString(text).toString('base64'),
    decrypt: (text) => safeStorage.decryptString(Buffer.from(text, 'base64')),
  }
}
