import type { SecretVault } from '../../electron/core/storage/secretVault'

const reversed = (text: string) => Array.from(text).reverse().join('')

/** A keyring that reverses texts; `key` stands for the user or machine, whose texts another cannot decrypt. */
export const createFakeVault = ({ available = true, key = 'mine' } = {}): SecretVault => ({
  available: () => available,
  encrypt: (text) => Buffer.from(`${key}:${reversed(text)}`).toString('base64'),
  decrypt: (text) => {
    const [owner, sealed = ''] = Buffer.from(text, 'base64').toString('utf8').split(/:(.*)/s)
    if (owner !== key) throw new Error('Not encrypted here.')
    return reversed(sealed)
  },
})
