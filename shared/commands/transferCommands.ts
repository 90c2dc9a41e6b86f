import { z } from 'zod'
import { exportRequestSchema, type WrittenExport } from '../model/exportRequest'
import {
  importChoiceSchema,
  mostPastedText,
  type AppliedImport,
  type FoundTool,
  type ImportPlan,
} from '../model/importPlan'
import { answers, nothing } from './answers'

/** Connections that come from files of other tools, or go to files. */
export const transferCommands = {
  /** The system's dialog for files of other tools, or a folder of them; adds them to what was read. Null = cancelled. */
  'import.choose': answers<ImportPlan | null>()(z.object({ kind: z.enum(['files', 'folder']) })),
  /** Addresses, commands of other clients, or what stands in a file. */
  'import.readText': answers<ImportPlan>()(z.object({ text: z.string().min(1).max(mostPastedText) })),
  /** Other tools that are on this computer, in their usual places. Nothing of them is read. */
  'import.look': answers<readonly FoundTool[]>()(nothing),
  'import.readFound': answers<ImportPlan>()(z.object({ ids: z.array(z.string().max(4_096)).max(100) })),
  /** Decrypts what is encrypted in a file that was read. Fails with `passwordWrong`. */
  'import.unlock': answers<ImportPlan>()(z.object({ fileId: z.string().max(64), password: z.string().max(65_535) })),
  /** Imports rows of the plan, all or nothing. */
  'import.apply': answers<AppliedImport>()(importChoiceSchema),
  /** Takes back what was imported last: profiles, secrets, messages and files. Fails with `notFound`. */
  'import.undo': answers<null>()(nothing),
  /** Forgets what was read. */
  'import.clear': answers<null>()(nothing),
  /**
   * Asks where to and writes connections; null = cancelled. Fails with `storageFailed`, and with `notFound` where one is not
   * there.
   */
  'export.connections': answers<WrittenExport | null>()(exportRequestSchema),
}
