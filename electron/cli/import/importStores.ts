import { randomUUID } from 'node:crypto'
import { mkdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportedConnection } from '#shared/importing/importedConnection'
import type { ImportedSchema } from '#shared/importing/importedSchema'
import { collectionIdOf } from '#shared/model/collection'
import type { AppliedImport } from '#shared/model/importPlan'
import type { Profile, ProfileId, SecretName } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import { createCollectionFolder, type CollectionFolder } from '../../core/collections/collectionFolder'
import { encodeFileName } from '../../core/collections/fileNames'
import { applyImport, type ChosenConnection, type ImportParts } from '../../core/importing/applyImport'
import type { ImportTarget } from '../../core/importing/importState'
import { createStores } from '../../core/storage/createStores'
import type { SecretVault } from '../../core/storage/secretVault'

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
  /** Answers the problem; null = they are there now. */
  takeSchemas(schemas: readonly ImportedSchema[]): Promise<string | null>
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
  const stores = await createStores({ dataDir, now, vault: noVault })
  const { settings, secrets, profiles, payloadRules } = stores
  const plainAllowed = settings.current().storeSecretsWithoutKeyring
  const parts = (folders: CollectionFolder[]): ImportParts => ({
    profileOf: (id) => profiles.find(id)?.profile,
    changeProfiles: profiles.change,
    secrets,
    messagesOf: (id) => {
      const folder = collectionOf(dataDir, id)
      folders.push(folder)
      return ok(folder)
    },
  })

  const keepRest = async ({ charts, rules }: AppliedImport): Promise<Result<unknown>> => {
    if (rules.length > 0) {
      const ids = new Set(rules.map(({ id }) => id))
      const saved = await payloadRules.save([...payloadRules.current().filter(({ id }) => !ids.has(id)), ...rules])
      if (!saved.ok) return saved
    }
    if (charts.length === 0) return ok(null)
    const drawn = Object.fromEntries(charts.map((one) => [one.connectionId, [...one.charts]]))
    return settings.save({ ...settings.current(), charts: { ...settings.current().charts, ...drawn } })
  }
  const bring = async (...[chosen, schemas]: Chosen): Promise<string | null> => {
    const folders: CollectionFolder[] = []
    const done = await applyImport(parts(folders), chosen, schemas)
    for (const folder of folders) folder.close()
    const kept = done.ok ? await keepRest(done.value.applied) : done
    return kept.ok ? null : kept.error.message
  }

  return {
    profiles: () => profiles.list().map(({ profile }) => profile),
    takeSchemas: (schemas) => (schemas.length === 0 ? Promise.resolve(null) : bring([], schemas)),
    take: async (connection, target) => {
      if (target.state === 'cannot') return { problem: 'Nothing can be made of it.', secretsToType: [] }
      if (target.state === 'same') return { problem: null, secretsToType: [] }
      // What the application has encrypted stays where nothing better can be written.
      const toType = plainAllowed ? [] : (Object.keys(connection.secrets) as SecretName[])
      const kept = plainAllowed ? connection : { ...connection, secrets: {} }
      const problem = await bring([{ connection: kept, target }], [])
      return { problem, secretsToType: problem === null ? toType : [] }
    },
    settled: stores.settled,
  }
}

type Chosen = [chosen: readonly ChosenConnection[], schemas: readonly ImportedSchema[]]

const collectionOf = (dataDir: string, profileId: ProfileId): CollectionFolder =>
  createCollectionFolder({
    place: {
      id: collectionIdOf(profileId),
      kind: 'connection',
      connectionId: profileId,
      path: join(dataDir, 'collections', 'connections', encodeFileName(profileId)),
    },
    newId: randomUUID,
    onChange: () => undefined,
  })
