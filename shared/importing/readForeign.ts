import type { Dropped, ForeignDocument, ForeignFile } from './foreignConnection'
import { importedConnection, type ImportedConnection } from './importedConnection'
import { importedSchema, type ImportedSchema } from './importedSchema'
import { ownConnection } from './ownConnection'
import { importTools } from './importTools'
import { importLimits, UnreadableFile } from './limits'

/** What a file of another tool says. */
export interface ImportedFile {
  readonly tool: string
  readonly format: string
  readonly connections: readonly ImportedConnection[]
  /** What belongs to none of its connections. */
  readonly dropped: readonly Dropped[]
  readonly schemas: readonly ImportedSchema[]
  /** Something of it, or all, is encrypted under a password. */
  readonly isLocked: boolean
}

/**
 * Reads a file of any of the tools. The folders, without a sign behind them, are where certificates and schemas are written that
 * stand in the file itself. Throws `UnreadableFile` for one of none of them.
 */
export const readForeign = (document: ForeignDocument, certificates: string, schemas: string): ImportedFile => {
  const found = recognised(document)
  if (!found) throw new UnreadableFile('unknown', 'This is no file of a tool that is known.')
  const { tool, file } = found
  const own = file.own ?? []
  if (file.connections.length + own.length > importLimits.connections)
    throw new UnreadableFile('tooMuch', 'The file has too many connections.')
  return {
    tool,
    format: file.format,
    dropped: file.dropped ?? [],
    schemas: (file.schemas ?? []).map((schema) => importedSchema(schema, { tool, schemas })),
    isLocked: file.isLocked ?? false,
    connections: [
      ...own.map((one) => ownConnection(one, certificates)),
      ...translated(tool, file.connections, certificates),
    ],
  }
}

const translated = (
  tool: string,
  connections: ForeignFile['connections'],
  certificates: string,
): readonly ImportedConnection[] => {
  const seen = new Map<string, number>()
  return connections.map((foreign) => {
    const identity = JSON.stringify([foreign.key, ...(foreign.key === '' ? [foreign.name, foreign.host] : [])])
    const before = seen.get(identity) ?? 0
    seen.set(identity, before + 1)
    // Two with the same id are two connections all the same.
    const key = before === 0 ? foreign.key : `${foreign.key}#${before}`
    return importedConnection({ ...foreign, key }, { tool, certificates })
  })
}

const recognised = (document: ForeignDocument): { readonly tool: string; readonly file: ForeignFile } | null => {
  for (const tool of importTools) {
    const file = tool.read(document)
    if (file) return { tool: tool.name, file }
  }
  return null
}
