import type { ForeignDocument, ForeignFile } from './foreignConnection'
import { importedConnection, type ImportedConnection } from './importedConnection'
import type { Dropped } from './foreignConnection'
import { importTools } from './importTools'
import { importLimits, UnreadableFile } from './limits'

/** What a file of another tool says. */
export interface ImportedFile {
  readonly tool: string
  readonly format: string
  readonly connections: readonly ImportedConnection[]
  /** What belongs to none of its connections. */
  readonly dropped: readonly Dropped[]
}

/** Reads a file of any of the tools. Throws `UnreadableFile` for one of none of them. */
export const readForeign = (document: ForeignDocument, certificates: string): ImportedFile => {
  const found = recognised(document)
  if (!found) throw new UnreadableFile('This is no file of a tool that is known.')
  const { tool, file } = found
  if (file.connections.length > importLimits.connections) throw new UnreadableFile('The file has too many connections.')
  const seen = new Map<string, number>()
  return {
    tool,
    format: file.format,
    dropped: file.dropped ?? [],
    connections: file.connections.map((foreign) => {
      const identity = JSON.stringify([foreign.key, ...(foreign.key === '' ? [foreign.name, foreign.host] : [])])
      const before = seen.get(identity) ?? 0
      seen.set(identity, before + 1)
      // Two with the same id are two connections all the same.
      const key = before === 0 ? foreign.key : `${foreign.key}#${before}`
      return importedConnection({ ...foreign, key }, { tool, certificates })
    }),
  }
}

const recognised = (document: ForeignDocument): { readonly tool: string; readonly file: ForeignFile } | null => {
  for (const tool of importTools) {
    const file = tool.read(document)
    if (file) return { tool: tool.name, file }
  }
  return null
}
