/**
 * The system's keyring. `available` is true only where what it encrypts is safe from whoever copies the file; the
 * other two throw when it is not, or when a text was encrypted by another user or machine.
 */
export interface SecretVault {
  available(): boolean
  /** Answers base64. */
  encrypt(text: string): string
  decrypt(text: string): string
}
