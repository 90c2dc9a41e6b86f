import { join } from 'node:path'
import {
  secretNames,
  type ProfileId,
  type SecretChanges,
  type SecretKeeping,
  type SecretName,
  type Secrets,
} from '#shared/model/profile'
import { ok, type AppError, type Result } from '#shared/result'
import { createJsonFile } from './jsonFile'
import { createHeldSecrets, typedSecret, variablesHolder, type HeldByName, type HeldSecret } from './heldSecrets'
import { parseSecretFile, type SecretRecord } from './secretFile'
import type { SecretVault } from './secretVault'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

type SecretKeepings = Readonly<Record<SecretName, SecretKeeping>>

export interface SecretStore {
  readonly notices: readonly AppError[]
  get(id: ProfileId): Secrets
  keepings(id: ProfileId): SecretKeepings
  /** `temporary` secrets are held in memory whatever the vault and the settings say. */
  change(id: ProfileId, changes: SecretChanges, options: { readonly temporary: boolean }): Promise<Result<null>>
  /** The same of several, as one change of the disk. */
  changeMany(changes: ReadonlyMap<ProfileId, SecretChanges>): Promise<Result<null>>
  /** Answers what makes their secrets again what they are now. */
  snapshot(...ids: readonly ProfileId[]): () => Promise<Result<null>>
  /** Takes them off the disk at once; `restore` brings them back within this run. */
  remove(id: ProfileId): Promise<Result<null>>
  restore(id: ProfileId): Promise<Result<null>>
  readonly variables: VariableSecrets
  /** Without a real keyring: on writes what is held in plain text, off takes it off the disk and keeps it in memory. */
  setPlainAllowed(allowed: boolean): Promise<Result<null>>
  settled(): Promise<void>
}

/** Secrets of the variables of environments, by the ids of the variables. */
export interface VariableSecrets {
  /** Null = there is none, or it cannot be decrypted now. */
  get(variableId: string): string | null
  keeping(variableId: string): SecretKeeping
  /** Null forgets one. */
  change(changes: ReadonlyMap<string, string | null>): Promise<Result<null>>
}

export interface SecretStoreOptions extends StoreOptions {
  readonly vault: SecretVault
  readonly plainAllowed: boolean
}

/**
 * Secrets of profiles and of variables, in `secrets.json` (mode 0600, no backup copies: what is forgotten is gone). With a
 * real vault they are encrypted; without one they are held for this run only, unless the person allowed plain text. One that
 * cannot be decrypted stays in the file untouched, for the keyring may come back, and is reported as `unreadable`.
 */
export const createSecretStore = async (options: SecretStoreOptions): Promise<SecretStore> => {
  const file = createSecretFile(options)
  const loaded = await file.load()
  const { records: stored, setAside, newlySetAside } = parseSecretFile(loaded.value)
  const all = createHeldSecrets(stored, options)
  const removed = new Map<ProfileId, HeldByName>()

  const contentWith = (records: readonly SecretRecord[]) => [...records, ...setAside]
  let onDisk = JSON.stringify(contentWith(stored))
  const write = async (): Promise<Result<null>> => {
    const content = contentWith(all.records())
    const text = JSON.stringify(content)
    if (text === onDisk) return ok(null)
    const result = await file.save(content)
    if (result.ok) onDisk = text
    return result
  }
  const settleAll = (plainAllowed: boolean) => {
    all.settle(plainAllowed)
    return write()
  }
  await settleAll(options.plainAllowed)

  return {
    notices: noticesOf(loaded.notice, 'secrets.json', newlySetAside),
    get: (id) => {
      const known = [...all.of(id)].filter(([, { value }]) => value !== null)
      return Object.fromEntries(known.map(([name, { value }]) => [name, value]))
    },
    keepings: (id) => {
      const keepingOf = (name: SecretName) => all.of(id).get(name)?.keeping ?? 'none'
      return {
        password: keepingOf('password'),
        keyPassphrase: keepingOf('keyPassphrase'),
        proxyPassword: keepingOf('proxyPassword'),
      }
    },
    change: (id, changes, { temporary }) => {
      all.put(id, changed(all.of(id), changes, temporary))
      return write()
    },
    changeMany: (changes) => {
      for (const [id, one] of changes) all.put(id, changed(all.of(id), one, false))
      return write()
    },
    snapshot: (...ids) => {
      const held = ids.map((id) => [id, all.of(id)] as const)
      return () => {
        for (const [id, before] of held) {
          if (before.size > 0) all.put(id, before)
          else all.delete(id)
        }
        return write()
      }
    },
    remove: (id) => {
      removed.set(id, all.of(id))
      all.delete(id)
      return write()
    },
    restore: (id) => {
      all.put(id, removed.get(id) ?? new Map<string, HeldSecret>())
      removed.delete(id)
      return write()
    },
    variables: {
      get: (variableId) => all.of(variablesHolder).get(variableId)?.value ?? null,
      keeping: (variableId) => all.of(variablesHolder).get(variableId)?.keeping ?? 'none',
      change: (changes) => {
        const next = new Map(all.of(variablesHolder))
        for (const [variableId, value] of changes)
          if (value === null) next.delete(variableId)
          else next.set(variableId, typedSecret(value, false))
        all.put(variablesHolder, next)
        return write()
      },
    },
    setPlainAllowed: settleAll,
    settled: file.settled,
  }
}

const changed = (held: HeldByName, changes: SecretChanges, temporary: boolean): HeldByName => {
  const next = new Map(held)
  for (const name of secretNames) {
    const change = changes[name]
    const before = next.get(name)
    if (change.change === 'keep') {
      if (before) next.set(name, { ...before, temporary })
    } else if (change.value === '') next.delete(name)
    else next.set(name, typedSecret(change.value, temporary))
  }
  return next
}

/** Its content is the list as it stands there: what cannot be read in it is kept. */
const createSecretFile = ({ dataDir, now }: StoreOptions) =>
  createJsonFile<readonly unknown[]>({
    path: join(dataDir, 'secrets.json'),
    version: 1,
    parse: (content) => {
      parseSecretFile(content)
      return content as readonly unknown[]
    },
    defaults: () => [],
    now,
    keepsBackup: false,
  })
