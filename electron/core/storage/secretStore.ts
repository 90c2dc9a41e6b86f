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
import { formFor, parseSecretFile, reveal, type SecretRecord } from './secretFile'
import type { SecretVault } from './secretVault'
import { noticesOf } from './setAsideNotice'
import type { StoreOptions } from './storeOptions'

type SecretKeepings = Readonly<Record<SecretName, SecretKeeping>>

/** `value: null` = on disk, but it cannot be decrypted now. */
interface HeldSecret {
  readonly value: string | null
  /** Of a connection that is not on disk itself. */
  readonly temporary: boolean
  readonly keeping: SecretKeeping
  /** As it stands on disk. */
  readonly record: SecretRecord | null
}
type HeldByName = ReadonlyMap<SecretName, HeldSecret>

export interface SecretStore {
  readonly notices: readonly AppError[]
  get(id: ProfileId): Secrets
  keepings(id: ProfileId): SecretKeepings
  /** `temporary` secrets are held in memory whatever the vault and the settings say. */
  change(id: ProfileId, changes: SecretChanges, options: { readonly temporary: boolean }): Promise<Result<null>>
  /** Answers what makes its secrets again what they are now. */
  snapshot(id: ProfileId): () => Promise<Result<null>>
  /** Takes them off the disk at once; `restore` brings them back within this run. */
  remove(id: ProfileId): Promise<Result<null>>
  restore(id: ProfileId): Promise<Result<null>>
  /** Without a real keyring: on writes what is held in plain text, off takes it off the disk and keeps it in memory. */
  setPlainAllowed(allowed: boolean): Promise<Result<null>>
  settled(): Promise<void>
}

export interface SecretStoreOptions extends StoreOptions {
  readonly vault: SecretVault
  readonly plainAllowed: boolean
}

/**
 * Secrets by profile, in `secrets.json` (mode 0600, no backup copies: what is forgotten is gone). With a real vault they
 * are encrypted; without one they are held for this run only, unless the person allowed plain text. One that cannot be
 * decrypted stays in the file untouched, for the keyring may come back, and is reported as `unreadable`.
 */
export const createSecretStore = async (options: SecretStoreOptions): Promise<SecretStore> => {
  const { vault } = options
  let { plainAllowed } = options
  const file = createSecretFile(options)
  const loaded = await file.load()
  const { records: stored, setAside, newlySetAside } = parseSecretFile(loaded.value)
  const table = createSecretTable(vault, stored)
  const removed = new Map<ProfileId, HeldByName>()
  const heldBy = (id: ProfileId): HeldByName => table.get(id) ?? new Map<SecretName, HeldSecret>()

  const settle = (profileId: ProfileId, name: SecretName, held: HeldSecret): HeldSecret => {
    if (held.value === null) return held
    const form = held.temporary ? null : formFor(vault, plainAllowed)
    if (form === null) return { ...held, keeping: 'session', record: null }
    if (held.record?.form === form.name) return held
    const value = form.seal(held.value)
    if (value === null) return { ...held, keeping: 'session', record: null }
    return { ...held, keeping: form.keeping, record: { profileId, name, form: form.name, value } }
  }
  const put = (id: ProfileId, held: HeldByName) => {
    table.set(id, new Map([...held].map(([name, secret]) => [name, settle(id, name, secret)])))
  }
  const recordsOf = (held: HeldByName) => [...held.values()].flatMap(({ record }) => (record ? [record] : []))
  const contentWith = (records: readonly SecretRecord[]) => [...records, ...setAside]
  let onDisk = JSON.stringify(contentWith(stored))
  const write = async (): Promise<Result<null>> => {
    const content = contentWith([...table.values()].flatMap(recordsOf))
    const text = JSON.stringify(content)
    if (text === onDisk) return ok(null)
    const result = await file.save(content)
    if (result.ok) onDisk = text
    return result
  }
  const settleAll = () => {
    for (const [id, held] of table) put(id, held)
    return write()
  }
  await settleAll()

  return {
    notices: noticesOf(loaded.notice, 'secrets.json', newlySetAside),
    get: (id) => {
      const known = [...heldBy(id)].filter(([, { value }]) => value !== null)
      return Object.fromEntries(known.map(([name, { value }]) => [name, value]))
    },
    keepings: (id) => {
      const keepingOf = (name: SecretName) => heldBy(id).get(name)?.keeping ?? 'none'
      return { password: keepingOf('password'), keyPassphrase: keepingOf('keyPassphrase') }
    },
    change: (id, changes, { temporary }) => {
      put(id, changed(heldBy(id), changes, temporary))
      return write()
    },
    snapshot: (id) => {
      const held = heldBy(id)
      return () => {
        put(id, held)
        return write()
      }
    },
    remove: (id) => {
      removed.set(id, heldBy(id))
      table.delete(id)
      return write()
    },
    restore: (id) => {
      put(id, removed.get(id) ?? new Map<SecretName, HeldSecret>())
      removed.delete(id)
      return write()
    },
    setPlainAllowed: (allowed) => {
      plainAllowed = allowed
      return settleAll()
    },
    settled: file.settled,
  }
}

const createSecretTable = (vault: SecretVault, records: readonly SecretRecord[]) => {
  const table = new Map<ProfileId, HeldByName>()
  for (const record of records) {
    const value = reveal(vault, record)
    const keeping = value === null ? 'unreadable' : record.form === 'plain' ? 'plain' : 'stored'
    const held: HeldSecret = { value, temporary: false, keeping, record }
    table.set(record.profileId, new Map(table.get(record.profileId)).set(record.name, held))
  }
  return table
}

const changed = (held: HeldByName, changes: SecretChanges, temporary: boolean): HeldByName => {
  const next = new Map(held)
  for (const name of secretNames) {
    const change = changes[name]
    const before = next.get(name)
    if (change.change === 'keep') {
      if (before) next.set(name, { ...before, temporary })
    } else if (change.value === '') next.delete(name)
    else next.set(name, { value: change.value, temporary, keeping: 'session', record: null })
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
