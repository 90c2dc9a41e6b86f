import type { ExportFormat } from '#shared/recording/exportFormat'
import type { AppError } from '#shared/result'
import type { ExportChoice } from './exportedRows'

/** What is to be exported, and as what. */
export interface ExportPlan {
  readonly choice: ExportChoice
  readonly format: ExportFormat
  /** Of lines by a template. */
  readonly template: string
  /** Whether what payloads are decoded to stands beside them. */
  readonly decoded: boolean
}

/** What becomes of an export. `written` = messages that the disk has taken. */
export type ExportRun =
  | { readonly phase: 'running'; readonly written: number; readonly looked: number; readonly rows: number }
  /** Of `heads` messages only the beginning of the payload is in it. */
  | { readonly phase: 'done'; readonly written: number; readonly heads: number; readonly path: string }
  | { readonly phase: 'cancelled'; readonly written: number }
  | { readonly phase: 'failed'; readonly written: number; readonly error: AppError }
