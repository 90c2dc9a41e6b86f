import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { ImportedConnection } from '#shared/importing/importedConnection'
import type { Dropped } from '#shared/importing/foreignConnection'
import type { ImportedSchema } from '#shared/importing/importedSchema'
import type { Profile } from '#shared/model/profile'
import { addressWithoutSecrets } from '#shared/text/withoutSecrets'
import { byId, importTarget, type ImportTarget } from '../../core/importing/importState'
import { readAllForImport, readBytesForImport, type ReadForImport } from '../../core/importing/readForImport'
import { parseProfiles } from '../../core/storage/profileFile'
import { dropText } from './dropText'
import { passwordsFrom, tryPasswords, type TriedForImport } from './unlocking'
import { readArguments, usage, type ImportArguments } from './importArguments'
import { openImportStores, type ImportOutcome, type ImportStores } from './importStores'

const done = 0
const notAllRead = 1
const wrongUse = 2

/** `topicscope import`: answers the exit code. */
export const runImport = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage)
    return done
  }
  const read = readArguments(args)
  if (!read.ok) return complain(`${read.problem}\n${usage.split('\n', 1).join('')}`)
  const { wanted } = read
  const secret = await passwordsFrom(wanted.passwordFiles, process.env)
  if (!secret.ok) return complain(secret.problem)
  const stores = wanted.isDryRun || wanted.dataDir === null ? null : await openImportStores(resolve(wanted.dataDir))
  if (stores && !stores.ok) return complain(stores.problem)
  const files = await readAll(wanted, secret.passwords)
  const known = byId(stores ? stores.stores.profiles() : await profilesIn(wanted.dataDir))
  const rows = []
  for (const found of files) rows.push(await fileRow(found, { known, stores: stores?.stores ?? null }))
  await stores?.stores.settled()
  process.stdout.write(`${JSON.stringify({ files: rows }, null, 2)}\n`)
  return files.some(({ file, isNamed, unlockProblem }) => (isNamed && !file) || unlockProblem !== null)
    ? notAllRead
    : done
}

const complain = (text: string): number => {
  process.stderr.write(`topicscope import: ${text}\n`)
  return wrongUse
}

const readAll = async (
  { paths, dataDir }: ImportArguments,
  passwords: readonly string[],
): Promise<readonly TriedForImport[]> => {
  const place = (name: string) => (dataDir === null ? name : join(resolve(dataDir), name))
  const folders = { certificates: place('certificates'), schemas: place('schemas') }
  const found: ReadForImport[] = []
  for (const path of paths) {
    if (path === '-') found.push({ ...(await readBytesForImport(await buffer(process.stdin), folders)), path })
    else found.push(...(await readAllForImport([path], folders)))
  }
  return Promise.all(found.map((one) => tryPasswords(one, passwords, folders)))
}

/** Read only: a dry run writes nothing, not even what is repaired when the application starts. */
const profilesIn = async (dataDir: string | null): Promise<readonly Profile[]> => {
  if (dataDir === null) return []
  try {
    const file: unknown = JSON.parse(await readFile(join(dataDir, 'profiles.json'), 'utf8'))
    return parseProfiles((file as { readonly content: unknown }).content).profiles
  } catch {
    return []
  }
}

interface RowParts {
  readonly known: ReadonlyMap<string, Profile>
  readonly stores: ImportStores | null
}

const fileRow = async ({ path, file, problem, unlockProblem }: TriedForImport, parts: RowParts) => {
  const { stores } = parts
  const connections = []
  for (const connection of file?.connections ?? []) connections.push(await connectionRow(connection, parts))
  const failed = problem?.message ?? unlockProblem ?? (stores ? await stores.takeSchemas(file?.schemas ?? []) : null)
  return {
    path,
    tool: file?.tool ?? null,
    format: file?.format ?? null,
    connections,
    ...(file && file.dropped.length > 0 && { dropped: droppedRows(file.dropped) }),
    ...(file && file.schemas.length > 0 && { schemas: file.schemas.map(schemaRow) }),
    ...(file?.isLocked && { locked: true }),
    ...(failed !== null && { problem: failed }),
  }
}

const schemaRow = ({ name, rule, isFilterGuessed }: ImportedSchema) => ({
  name,
  rule,
  guessed: isFilterGuessed ? ['filter'] : [],
})

const connectionRow = async (connection: ImportedConnection, { known, stores }: RowParts) => {
  const target = importTarget(connection, known)
  const outcome = stores ? await stores.take(connection, target) : null
  return { ...shown(connection, target), ...(outcome && shownOutcome(outcome)) }
}

const shown = (connection: ImportedConnection, { state, profile }: ImportTarget) => ({
  name: connection.name,
  folder: connection.folder,
  state,
  // A token may stand behind the ? of a WebSocket's path.
  profile: profile && { ...profile, path: addressWithoutSecrets(profile.path) },
  subscriptions: profile?.subscriptions ?? [],
  savedMessages: connection.messages.map(({ name, folders, message }) => ({ name, folders, ...message })),
  ...(connection.charts.length > 0 && { charts: connection.charts.flatMap(({ series }) => series) }),
  dropped: droppedRows(connection.dropped),
  guessed: connection.guessed,
  secrets: Object.keys(connection.secrets).length,
})

const shownOutcome = ({ problem, secretsToType }: ImportOutcome) => ({
  imported: problem === null,
  secretsToType,
  ...(problem !== null && { problem }),
})

const droppedRows = (dropped: readonly Dropped[]) => dropped.map(({ field, why }) => ({ field, why: dropText[why] }))
