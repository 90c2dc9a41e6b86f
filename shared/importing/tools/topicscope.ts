import { ownConnectionSchema, ownFormatName, ownFormatVersion } from '#shared/exporting/ownFormat'
import { recordOf, textOf } from '../fields'
import type { ForeignFile, ImportTool } from '../foreignConnection'
import { UnreadableFile } from '../limits'

/** Our own export. Each connection is read by itself: one that is damaged takes none of the others with it. */
export const topicscope: ImportTool = {
  name: 'Topicscope',
  read: ({ value }) => {
    const file = recordOf(value)
    if (file['format'] !== ownFormatName) return null
    if (file['version'] !== ownFormatVersion)
      throw new UnreadableFile('newer', `A newer Topicscope wrote it (version ${textOf(file['version'])}).`)
    const connections = Array.isArray(file['connections']) ? (file['connections'] as readonly unknown[]) : []
    return {
      format: 'JSON',
      connections: [],
      own: connections.map(ownOf),
      isLocked: file['secrets'] !== undefined,
    }
  },
}

const ownOf = (value: unknown): NonNullable<ForeignFile['own']>[number] => {
  const read = ownConnectionSchema.safeParse(value)
  if (read.success) return read.data
  const damagedField = read.error.issues[0]?.path.map(String).join('.') ?? ''
  return { name: textOf(recordOf(recordOf(value)['profile'])['name']).slice(0, 200), damagedField }
}
