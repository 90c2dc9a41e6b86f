import { z } from 'zod'
import { mostProfiles, passwordSchema, profileIdSchema } from './profile'

/** How connections are written: in our own format, or as another tool reads them. */
export const exportFormats = ['topicscope', 'mqttbroker', 'mqttx', 'mosquitto'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Formats in which one file can hold one connection only. */
export const isForOne = (format: ExportFormat): boolean => format === 'mqttbroker'
/** Formats that can hold secrets, under a password. */
export const canLock = (format: ExportFormat): boolean => format === 'topicscope'

export const exportRequestSchema = z.object({
  connectionIds: z.array(profileIdSchema).min(1).max(mostProfiles),
  format: z.enum(exportFormats),
  /** One file for all, or a folder with one file a connection. */
  layout: z.enum(['file', 'folder']),
  /** Under which secrets come along; null = they are left out. */
  password: passwordSchema.min(1).nullable(),
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

export interface WrittenExport {
  /** Of the file, or the folder. */
  readonly path: string
  readonly connections: number
  readonly secrets: number
}
