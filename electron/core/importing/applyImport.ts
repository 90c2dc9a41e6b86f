import type { ImportedConnection } from '#shared/importing/importedConnection'
import type { ImportedSchema } from '#shared/importing/importedSchema'
import type { AppliedImport } from '#shared/model/importPlan'
import {
  secretNames,
  type Profile,
  type ProfileId,
  type SecretChange,
  type SecretChanges,
  type SecretName,
} from '#shared/model/profile'
import { isSamePlace } from '#shared/model/secretPlace'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { CollectionFolder } from '../collections/collectionFolder'
import type { SecretStore } from '../storage/secretStore'
import { writeImportedFiles, type NewFile } from './importedFiles'
import { keepImportedMessages } from './importedMessages'
import { certificatesFor, type ImportTarget } from './importState'

/** A connection that was chosen to be imported. */
export interface ChosenConnection {
  readonly connection: ImportedConnection
  readonly target: ImportTarget
}

/** What the window and the command keep connections in. */
export interface ImportParts {
  readonly profileOf: (id: ProfileId) => Profile | undefined
  /** One change of the list: adds or replaces, and removes. */
  readonly changeProfiles: (change: ProfilesChange) => Promise<Result<null>>
  readonly secrets: Pick<SecretStore, 'changeMany' | 'snapshot'>
  readonly messagesOf: (id: ProfileId) => Result<CollectionFolder>
}

interface ProfilesChange {
  readonly put: readonly Profile[]
  readonly remove: readonly ProfileId[]
}

export interface DoneImport {
  readonly applied: AppliedImport
  /** Makes everything what it was: profiles, secrets, messages and files. */
  readonly undo: () => Promise<Result<null>>
}

type Undo = () => Promise<unknown>

/**
 * Imports what was chosen, all of it or nothing: files first, so that no profile names one that is not there, and secrets last. Of
 * two that become the same connection the later one counts.
 */
export const applyImport = async (
  parts: ImportParts,
  chosen: readonly ChosenConnection[],
  schemas: readonly ImportedSchema[],
): Promise<Result<DoneImport>> => {
  const wanted = lastOfEach(chosen)
  const before = wanted.flatMap(({ profile }) => parts.profileOf(profile.id) ?? [])
  const undos: Undo[] = []
  const undoAll = async () => {
    for (const undo of undos.toReversed()) await undo()
  }
  try {
    const done = await carryOut(parts, { wanted, before, schemas, undos })
    if (!done.ok) {
      await undoAll()
      return done
    }
    return ok({ applied: appliedOf(wanted, before, schemas), undo: () => undone(undoAll) })
  } catch (error) {
    await undoAll().catch(() => undefined)
    return notWritten(error)
  }
}

const undone = async (undoAll: () => Promise<void>): Promise<Result<null>> => {
  try {
    await undoAll()
    return ok(null)
  } catch (error) {
    return notWritten(error)
  }
}

const notWritten = (error: unknown) => {
  const detail = messageOf(error)
  return fail('storageFailed', `The import could not be written: ${detail}`, { values: { file: '', detail } })
}

interface Wanted {
  readonly connection: ImportedConnection
  readonly profile: Profile
}

const lastOfEach = (chosen: readonly ChosenConnection[]): readonly Wanted[] => {
  const byProfile = new Map<ProfileId, Wanted>()
  for (const { connection, target } of chosen)
    if (target.profile) byProfile.set(target.profile.id, { connection, profile: target.profile })
  return [...byProfile.values()]
}

interface Work {
  readonly wanted: readonly Wanted[]
  readonly before: readonly Profile[]
  readonly schemas: readonly ImportedSchema[]
  readonly undos: Undo[]
}

const carryOut = async (parts: ImportParts, { wanted, before, schemas, undos }: Work): Promise<Result<null>> => {
  undos.push(
    await writeImportedFiles([
      ...wanted.flatMap(({ connection, profile }) => certificatesFor(connection, profile)),
      ...schemaFiles(schemas),
    ]),
  )
  const ids = wanted.map(({ profile }) => profile.id)
  undos.push(parts.secrets.snapshot(...ids))
  const known = new Map(before.map((profile) => [profile.id, profile]))
  // What was entered for another place leaves the disk before the profile leads there.
  const left = wanted.flatMap(({ profile }) => leftBehind(profile, known.get(profile.id)))
  const forgotten = await parts.secrets.changeMany(new Map(left))
  if (!forgotten.ok) return forgotten
  const saved = await parts.changeProfiles({ put: wanted.map(({ profile }) => profile), remove: [] })
  if (!saved.ok) return saved
  undos.push(async () => {
    const added = ids.filter((id) => !known.has(id))
    const back = await parts.changeProfiles({ put: before, remove: added })
    if (!back.ok) throw new Error(back.error.message)
  })
  const kept = await keepAllMessages(parts, wanted, undos)
  if (!kept.ok) return kept
  return parts.secrets.changeMany(new Map(wanted.flatMap(givenSecrets)))
}

const schemaFiles = (schemas: readonly ImportedSchema[]): readonly NewFile[] =>
  schemas.flatMap(({ rule, text }) =>
    text !== null && rule.schema ? [{ path: rule.schema.path, bytes: new TextEncoder().encode(text) }] : [],
  )

const keepAllMessages = async (parts: ImportParts, wanted: readonly Wanted[], undos: Undo[]): Promise<Result<null>> => {
  for (const { connection, profile } of wanted) {
    if (connection.messages.length === 0) continue
    const folder = parts.messagesOf(profile.id)
    if (!folder.ok) return folder
    const kept = await keepImportedMessages(folder.value, connection.messages, profile.id)
    if (!kept.ok) return kept
    undos.push(kept.value)
  }
  return ok(null)
}

type SecretEntry = readonly [ProfileId, SecretChanges]

const changesBy = (changeOf: (name: SecretName) => SecretChange): SecretChanges => ({
  password: changeOf('password'),
  keyPassphrase: changeOf('keyPassphrase'),
  proxyPassword: changeOf('proxyPassword'),
})

const leftBehind = (after: Profile, before: Profile | undefined): readonly SecretEntry[] => {
  const isLeft = before !== undefined && secretNames.some((name) => !isSamePlace(before, after, name))
  const changeOf = (name: SecretName): SecretChange =>
    before && isSamePlace(before, after, name) ? { change: 'keep' } : { change: 'set', value: '' }
  return isLeft ? [[after.id, changesBy(changeOf)]] : []
}

const givenSecrets = ({ connection: { secrets }, profile }: Wanted): readonly SecretEntry[] => {
  const changeOf = (name: SecretName): SecretChange => {
    const value = secrets[name]
    return value === undefined ? { change: 'keep' } : { change: 'set', value }
  }
  if (secretNames.every((name) => secrets[name] === undefined)) return []
  return [[profile.id, changesBy(changeOf)]]
}

const appliedOf = (
  wanted: readonly Wanted[],
  before: readonly Profile[],
  schemas: readonly ImportedSchema[],
): AppliedImport => {
  const known = new Set(before.map(({ id }) => id))
  const ids = wanted.map(({ profile }) => profile.id)
  return {
    added: ids.filter((id) => !known.has(id)),
    changed: ids.filter((id) => known.has(id)),
    charts: wanted.flatMap(({ connection: { charts }, profile }) =>
      charts.length > 0 ? [{ connectionId: profile.id, charts }] : [],
    ),
    rules: [...wanted.flatMap(({ connection }) => connection.payloadRules), ...schemas.map(({ rule }) => rule)],
  }
}
