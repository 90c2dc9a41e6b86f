import type { SecretVault } from '../../electron/core/storage/secretVault'

/** A keyring that reverses texts; `key` stands for the user or machine, whose texts another cannot decrypt. */
export const createFakeVault = ({ available = true, key = 'mine' } = {}): SecretVault => ({
  available: () => available,
  encrypt: (text) => Buffer.from(`${key}:${[...text].reverse().join('')}`).toString('base64'),
  decrypt: (text) => {
    const [owner, reversed = ''] = Buffer.from(text, 'base64').toString('utf8').split(/:(.*)/s)
    if (owner !== key) throw new Error('Not encrypted here.')
    return [...reversed].reverse().join('')
  },
})
