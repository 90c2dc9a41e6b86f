import type { ProtoFile, ProtoFileProblem, ReadProtoFiles } from './protoFile'

/**
 * Finds a file by its name: one that was asked for, or as it stands in an import of `importedBy`. null = there is none. The well-known
 * types of google/protobuf need not be found.
 */
export type FindProtoFile = (path: string, importedBy: string | null) => Promise<ProtoFile | null>

/** The types of .proto files (proto2, proto3, editions) and of all that they import, as plain data that can cross to the page. */
export const readProtoFiles = async (paths: readonly string[], find: FindProtoFile): Promise<ReadProtoFiles> => {
  // The library is loaded when the first schema is read.
  const { createProtoParser } = await import('./protoParser')
  const parser = createProtoParser()
  const seen = new Set<string>()
  const waiting: Wanted[] = paths.map((path) => ({ path, importedBy: null }))
  let characters = 0
  for (let wanted = waiting.shift(); wanted; wanted = waiting.shift()) {
    const file = await find(wanted.path, wanted.importedBy)
    if (!file) {
      if (wanted.importedBy !== null && parser.addWellKnown(wanted.path)) continue
      return problem('fileMissing', wanted.importedBy ?? wanted.path, wanted.path)
    }
    if (seen.has(file.name)) continue
    seen.add(file.name)
    characters += file.text.length
    if (seen.size > mostFiles || characters > mostCharacters) return problem('tooMuch', file.name, '')
    const parsed = parser.add(file)
    if (!parsed.ok) return parsed
    waiting.push(...parsed.imports.map((path) => ({ path, importedBy: file.name })))
  }
  return parser.finish(paths[0] ?? '')
}

interface Wanted {
  readonly path: string
  readonly importedBy: string | null
}

/** Of one schema. Large collections of .proto files have hundreds. */
const mostFiles = 2_000
const mostCharacters = 32 * 2 ** 20

const problem = (code: ProtoFileProblem['code'], file: string, detail: string): ReadProtoFiles => ({
  ok: false,
  problem: { code, file, line: null, detail },
})
