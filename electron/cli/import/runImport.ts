import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { ImportedConnection } from '#shared/importing/importedConnection'
import type { Dropped } from '#shared/importing/foreignConnection'
import { UnreadableFile } from '#shared/importing/limits'
import { readForeign, type ImportedFile } from '#shared/importing/readForeign'
import type { Profile } from '#shared/model/profile'
import { addressWithoutSecrets } from '#shared/text/withoutSecrets'
import { importTarget, type ImportTarget } from '../../core/importing/importState'
import { readImportBytes, readImportFile } from '../../core/importing/readImportFile'
import { parseProfiles } from '../../core/storage/profileFile'
import { dropText } from './dropText'
import { readArguments, usage, type ImportArguments } from './importArguments'
import { openImportStores, type ImportOutcome, type ImportStores } from './importStores'

const done = 0
const notAllRead = 1
const wrongUse = 2

interface FoundFile {
  readonly path: string
  readonly file: ImportedFile | null
  readonly problem: string | null
  /** It was named, and not only found in a folder. */
  readonly isNamed: boolean
}

/** `topicscope import`: answers the exit code. */
export const runImport = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage)
    return done
  }
  const read = readArguments(args)
  if (!read.ok) return complain(`${read.problem}\n${usage.split('\n', 1).join('')}`)
  const { wanted } = read
  const stores = wanted.isDryRun || wanted.dataDir === null ? null : await openImportStores(resolve(wanted.dataDir))
  if (stores && !stores.ok) return complain(stores.problem)
  const files = await readAll(wanted)
  const known = stores ? stores.stores.profiles() : await profilesIn(wanted.dataDir)
  const rows = []
  for (const found of files) rows.push(await fileRow(found, { known, stores: stores?.stores ?? null }))
  await stores?.stores.settled()
  process.stdout.write(`${JSON.stringify({ files: rows }, null, 2)}\n`)
  return files.some(({ file, isNamed }) => isNamed && !file) ? notAllRead : done
}

const complain = (text: string): number => {
  process.stderr.write(`topicscope import: ${text}\n`)
  return wrongUse
}

const readAll = async ({ paths, dataDir }: ImportArguments): Promise<readonly FoundFile[]> => {
  const certificates = dataDir === null ? 'certificates' : join(resolve(dataDir), 'certificates')
  const found: FoundFile[] = []
  for (const path of paths) {
    const isFolder = path !== '-' && ((await stat(path).catch(() => null))?.isDirectory() ?? false)
    const files = isFolder ? await filesIn(path) : [path]
    for (const file of files) found.push(await readOne(file, { certificates, isNamed: !isFolder }))
  }
  return found
}

const readOne = async (
  path: string,
  { certificates, isNamed }: { readonly certificates: string; readonly isNamed: boolean },
): Promise<FoundFile> => {
  try {
    const document = await (path === '-' ? readImportBytes(await buffer(process.stdin)) : readImportFile(path))
    return { path, isNamed, problem: null, file: readForeign(document, certificates) }
  } catch (error) {
    // Whatever a file from outside does to a parser, the others are read.
    const problem = error instanceof UnreadableFile ? error.message : 'The file cannot be read.'
    return { path, isNamed, problem, file: null }
  }
}

const deepestFolder = 12
const mostFiles = 20_000

/** The files in a folder and those below it, in order of their names. Links are not followed. */
const filesIn = async (folder: string, depth = 0): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files: string[] = []
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isFile()) files.push(path)
    else if (entry.isDirectory() && depth < deepestFolder) files.push(...(await filesIn(path, depth + 1)))
    if (files.length > mostFiles) break
  }
  return files
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
  readonly known: readonly Profile[]
  readonly stores: ImportStores | null
}

const fileRow = async ({ path, file, problem }: FoundFile, parts: RowParts) => {
  const connections = []
  for (const connection of file?.connections ?? []) connections.push(await connectionRow(connection, parts))
  return {
    path,
    tool: file?.tool ?? null,
    format: file?.format ?? null,
    connections,
    ...(file && file.dropped.length > 0 && { dropped: droppedRows(file.dropped) }),
    ...(problem !== null && { problem }),
  }
}

const connectionRow = async (connection: ImportedConnection, { known, stores }: RowParts) => {
  const target = importTarget(connection.profile, known)
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
