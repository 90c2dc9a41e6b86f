import { randomUUID } from 'node:crypto'
import { mkdir, readlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { collectionIdOf, type KeptMessage } from '#shared/model/collection'
import type { ImportedConnection, ImportedMessage } from '#shared/importing/importedConnection'
import { stableId } from '#shared/importing/stableId'
import type { Profile, SecretName } from '#shared/model/profile'
import { createCollectionFolder } from '../../core/collections/collectionFolder'
import { encodeFileName } from '../../core/collections/fileNames'
import type { ImportTarget } from '../../core/importing/importState'
import { createProfileStore } from '../../core/storage/profileStore'
import { createSecretStore } from '../../core/storage/secretStore'
import type { SecretVault } from '../../core/storage/secretVault'
import { createSettingsStore } from '../../core/storage/settingsStore'

export interface ImportOutcome {
  /** Null = it is there now. */
  readonly problem: string | null
  /** Secrets that could not be kept: the keyring is open to the application alone. */
  readonly secretsToType: readonly SecretName[]
}

/** What the window keeps connections in. */
export interface ImportStores {
  profiles(): readonly Profile[]
  take(connection: ImportedConnection, target: ImportTarget): Promise<ImportOutcome>
  settled(): Promise<void>
}

type OpenedStores =
  | { readonly ok: true; readonly stores: ImportStores }
  | { readonly ok: false; readonly problem: string }

/** No system's keyring can be asked without the application. */
const noVault: SecretVault = {
  available: () => false,
  encrypt: () => {
    throw new Error('There is no keyring.')
  },
  decrypt: () => {
    throw new Error('There is no keyring.')
  },
}

/** Refuses a folder that a running application has, which would write over what is imported. */
export const openImportStores = async (dataDir: string): Promise<OpenedStores> => {
  if (await isInUse(dataDir)) return { ok: false, problem: `Topicscope is running with ${dataDir}; quit it first` }
  try {
    await mkdir(dataDir, { recursive: true })
    return { ok: true, stores: await createImportStores(dataDir) }
  } catch (error) {
    return { ok: false, problem: `${dataDir} cannot be used: ${error instanceof Error ? error.message : ''}` }
  }
}

/** Chromium's lock is a link to the name of the computer and the process. */
const isInUse = async (dataDir: string): Promise<boolean> => {
  const target = await readlink(join(dataDir, 'SingletonLock')).catch(() => '')
  const [, id] = /-(\d+)$/.exec(target) ?? []
  if (id === undefined) return false
  try {
    process.kill(Number(id), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const createImportStores = async (dataDir: string): Promise<ImportStores> => {
  const now = () => Date.now()
  const settings = await createSettingsStore({ dataDir, now })
  const plainAllowed = settings.current().storeSecretsWithoutKeyring
  const secrets = await createSecretStore({ dataDir, now, vault: noVault, plainAllowed })
  const profiles = await createProfileStore({ dataDir, now })

  const keepSecrets = async ({ secrets: given }: ImportedConnection, id: string): Promise<readonly SecretName[]> => {
    const names = Object.keys(given) as SecretName[]
    if (names.length === 0) return []
    // What the application has encrypted stays where nothing better can be written.
    if (!plainAllowed) return names
    const change = (name: SecretName) => {
      const value = given[name]
      return value === undefined ? ({ change: 'keep' } as const) : ({ change: 'set', value } as const)
    }
    const changes = { password: change('password'), keyPassphrase: change('keyPassphrase') }
    const changed = await secrets.change(id, changes, { temporary: false })
    return changed.ok ? [] : names
  }

  return {
    profiles: () => profiles.list().map(({ profile }) => profile),
    take: async (connection, { state, profile }) => {
      if (!profile || state === 'cannot') return { problem: 'Nothing can be made of it.', secretsToType: [] }
      if (state === 'same') return { problem: null, secretsToType: [] }
      try {
        for (const { path, bytes } of connection.certificates) await writeCertificate(path, bytes)
        const saved = await profiles.save(profile)
        if (!saved.ok) return { problem: saved.error.message, secretsToType: [] }
        await keepMessages(dataDir, profile.id, connection.messages)
        return { problem: null, secretsToType: await keepSecrets(connection, profile.id) }
      } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error), secretsToType: [] }
      }
    },
    settled: async () => {
      await Promise.all([profiles.settled(), secrets.settled(), settings.settled()])
    },
  }
}

/** A key is for nobody else's eyes. */
const writeCertificate = async (path: string, bytes: Uint8Array) => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, bytes, { mode: 0o600 })
}

/** The messages of a connection, into its collection. Those that were imported before are replaced. */
const keepMessages = async (dataDir: string, profileId: string, messages: readonly ImportedMessage[]) => {
  if (messages.length === 0) return
  const folder = createCollectionFolder({
    place: {
      id: collectionIdOf(profileId),
      kind: 'connection',
      connectionId: profileId,
      path: join(dataDir, 'collections', 'connections', encodeFileName(profileId)),
    },
    newId: randomUUID,
    onChange: () => undefined,
  })
  await folder.check()
  const saved = folder.save(messages.map((message, index) => keptMessage(message, { profileId, index })))
  await folder.settled()
  const failure = folder.messages().find(({ unsaved }) => unsaved !== null)?.unsaved
  folder.close()
  if (!saved.ok) throw new Error(saved.error.message)
  if (failure) throw new Error(failure.message)
}

const keptMessage = (
  { name, folders, message }: ImportedMessage,
  { profileId, index }: { readonly profileId: string; readonly index: number },
): KeptMessage => ({
  id: `import-${stableId(JSON.stringify([profileId, folders, name, index]))}`,
  name,
  folder: folders.map(encodeFileName).join('/'),
  order: 1000 * (index + 1),
  shortcut: '',
  message,
})
