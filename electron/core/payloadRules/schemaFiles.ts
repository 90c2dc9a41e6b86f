import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { payloadRuleLimits } from '#shared/model/payloadRule'
import { fail, ok, type Result } from '#shared/result'
import { readRegularFile } from '../files/readRegularFile'
import { lookOf, type Looks } from './watchFiles'

/** What was read, and how everything looked before that: where one of them looks otherwise, something else may be read. */
export interface ReadFiles {
  /** The chosen one first. */
  readonly read: Result<readonly SchemaFile[]>
  readonly looks: Looks
}

export interface SchemaFile extends Found {
  readonly bytes: Buffer
  /** It was chosen, alone or in its folder, and is not only imported. */
  readonly isWanted: boolean
}

interface Found {
  /** With slashes, from the chosen folder, or as it is imported. */
  readonly name: string
  readonly path: string
}

/** Folders in folders that are looked into; links are not followed. */
const deepest = 12

/**
 * The files of a schema: one, one of Protobuf with those it imports, or all of Protobuf in a folder. Fails as `readRegularFile`
 * does, and with `fileTooLarge` where they are too many or too large together.
 */
export const readSchemaFiles = async (path: string, signal: AbortSignal): Promise<ReadFiles> => {
  const reader = createReader(basename(path), signal)
  await reader.look(path)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (isFolder) {
    for (const found of await protoFilesBelow(path, reader.look)) if (!(await reader.read(found, true))) break
    return reader.result()
  }
  const first = await reader.read({ name: basename(path), path }, true)
  if (first && path.endsWith('.proto')) await readImports(reader, first, dirname(path))
  return reader.result()
}

interface Reader {
  /** What stands in it; null = it could not be read, or it is one too many: then the result says so. */
  read(found: Found, isWanted: boolean): Promise<Buffer | null>
  look(path: string): Promise<void>
  result(): ReadFiles
}

const createReader = (name: string, signal: AbortSignal): Reader => {
  const files: SchemaFile[] = []
  const looks = new Map<string, string>()
  let left = payloadRuleLimits.schemaBytes
  let problem: Result<never> | null = null
  const look = async (path: string) => {
    looks.set(path, await lookOf(path))
  }
  return {
    look,
    read: async (found, isWanted) => {
      if (files.length >= payloadRuleLimits.schemaFiles) {
        problem = fail('fileTooLarge', `${name} has too many files.`, { values: { name } })
        return null
      }
      await look(found.path)
      const read = await readRegularFile(found.path, { limitBytes: left, signal })
      if (!read.ok) {
        problem = read
        return null
      }
      left -= read.value.bytes.length
      files.push({ ...found, bytes: read.value.bytes, isWanted })
      return read.value.bytes
    },
    result: () => ({ read: problem ?? ok(files), looks }),
  }
}

/** `note` gets each folder that is looked into: another file may come into it. */
const protoFilesBelow = async (root: string, note: (folder: string) => Promise<void>): Promise<readonly Found[]> => {
  const found: Found[] = []
  const look = async (folder: string, depth: number): Promise<void> => {
    if (depth > deepest || found.length > payloadRuleLimits.schemaFiles) return
    await note(join(root, folder))
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isFile() && entry.name.endsWith('.proto')) found.push({ name, path: join(root, name) })
      else if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        await look(name, depth + 1)
    }
  }
  await look('', 0)
  return found
}

const importLine = /(?<=^|[;}])\s*import\s+(?:public\s+|weak\s+)?"([^"\\]+)"\s*;/gm

/** Paths of imports begin in a folder that no file names: it is that of the file or one above it. */
const readImports = async (reader: Reader, first: Buffer, folder: string): Promise<void> => {
  const waiting = importsIn(first)
  const known = new Set<string>()
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (known.has(name)) continue
    known.add(name)
    const path = await importedAt(name, folder)
    // It may come later, most likely beside the file that was chosen or in a folder above that.
    if (path === null && !name.startsWith('google/protobuf/')) await lookForIt(reader, name, folder)
    const bytes = path === null ? null : await reader.read({ name, path }, false)
    if (bytes) waiting.push(...importsIn(bytes))
  }
}

/** None that leads out of the folders where it is looked for, or to what is no such file. */
const importsIn = (bytes: Buffer): string[] =>
  [...bytes.toString('utf8').matchAll(importLine)]
    .map(([, name = '']) => name)
    .filter((name) => name.endsWith('.proto') && !name.startsWith('/') && !name.split(/[/\\]/).includes('..'))

const lookForIt = async (reader: Reader, name: string, folder: string): Promise<void> => {
  for (const path of placesOf(name, folder)) await reader.look(path)
}

/** Where an imported file may stand: in the folder, or in one above it. */
const placesOf = (name: string, folder: string): readonly string[] => {
  const places: string[] = []
  for (let at = folder; places.length < deepest; at = dirname(at)) {
    places.push(join(at, name))
    if (dirname(at) === at) break
  }
  return places
}

const importedAt = async (name: string, folder: string): Promise<string | null> => {
  for (const path of placesOf(name, folder)) {
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    )
    if (isThere) return path
  }
  return null
}
