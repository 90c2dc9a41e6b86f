import { stat } from 'node:fs/promises'
import type { ForeignDocument } from '#shared/importing/foreignConnection'
import { schemaInPlace } from '#shared/importing/importedSchema'
import { UnreadableFile } from '#shared/importing/limits'
import { readForeign, type ImportedFile } from '#shared/importing/readForeign'
import { openCorreo, openSecrets } from './lockedFiles'
import { readImportBytes, readImportFile } from './readImportFile'
import { filesIn } from './readFolder'

/** Where what stands in files of other tools is written. */
export interface ImportFolders {
  readonly certificates: string
  readonly schemas: string
}

/** A file, or a text, that was read to be imported. */
export interface ReadForImport {
  /** '' = a text. */
  readonly path: string
  /** Null = `problem` says why. */
  readonly file: ImportedFile | null
  readonly problem: UnreadableFile | null
  /** It was named, and not only found in a folder. */
  readonly isNamed: boolean
  /** As long as it is needed to unlock it. */
  readonly document: ForeignDocument | null
}

/** Each file that was named, and the files in each folder, by itself: whatever one does to a parser, the others are read. */
export const readAllForImport = async (
  paths: readonly string[],
  folders: ImportFolders,
): Promise<readonly ReadForImport[]> => {
  const read: ReadForImport[] = []
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
    const files = isFolder ? await filesIn(path) : [path]
    for (const file of files) read.push({ ...(await readOneForImport(file, folders)), isNamed: !isFolder })
  }
  return read
}

const readOneForImport = async (path: string, folders: ImportFolders): Promise<ReadForImport> => {
  const schema = schemaAt(path)
  if (schema) return { path, isNamed: true, document: null, problem: null, file: schema }
  return reading(path, () => readImportFile(path), folders)
}

/** The same of bytes that stand in no file. */
export const readBytesForImport = (bytes: Uint8Array, folders: ImportFolders): Promise<ReadForImport> =>
  reading('', () => readImportBytes(bytes), folders)

const reading = async (
  path: string,
  read: () => Promise<ForeignDocument>,
  { certificates, schemas }: ImportFolders,
): Promise<ReadForImport> => {
  try {
    const document = await read()
    const file = readForeign(document, certificates, schemas)
    return { path, isNamed: true, problem: null, file, document: file.isLocked ? document : null }
  } catch (error) {
    const problem =
      error instanceof UnreadableFile
        ? error
        : new UnreadableFile('notReadable', 'The file cannot be read.', { cause: error })
    return { path, isNamed: true, problem, file: null, document: null }
  }
}

/** What is encrypted in it, in the clear. Throws `UnreadableFile`. */
export const unlocked = async (
  read: ReadForImport,
  password: string,
  { certificates, schemas }: ImportFolders,
): Promise<ReadForImport> => {
  const { file, document } = read
  if (!file || !document) return read
  if (file.tool !== 'Topicscope') {
    const opened = readForeign(await openCorreo(document, password), certificates, schemas)
    return { ...read, file: { ...opened, isLocked: false }, document: null }
  }
  const secrets = await openSecrets(document, password)
  const connections = file.connections.map((connection) => {
    const id = connection.profile?.id ?? ''
    return Object.hasOwn(secrets, id) ? { ...connection, secrets: secrets[id] ?? {} } : connection
  })
  return { ...read, file: { ...file, isLocked: false, connections }, document: null }
}

/** A schema stands in a language of its own, which only its name says: it is read by who checks with it. */
const schemaAt = (path: string): ImportedFile | null => {
  const kind = /\.proto$/i.test(path) ? 'protobuf' : /\.avsc$/i.test(path) ? 'avro' : null
  return (
    kind && {
      tool: kind === 'protobuf' ? 'Protobuf' : 'Avro',
      format: kind === 'protobuf' ? '.proto' : '.avsc',
      connections: [],
      dropped: [],
      schemas: [schemaInPlace(path, kind)],
      isLocked: false,
    }
  )
}
