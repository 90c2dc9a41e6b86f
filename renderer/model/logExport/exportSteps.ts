import type { ExportFormat } from '#shared/recording/exportFormat'
import { createExportOutput } from '#shared/recording/exportOutput'
import { exportedMessages, type MessagesOrder } from './exportedMessages'

export interface ExportOrder extends MessagesOrder {
  readonly format: ExportFormat
  /** Of lines by a template. */
  readonly template: string
}

interface Progress {
  /** Messages that are written with this step. */
  readonly written: number
  /** Of so many of them only the beginning of the payload is there. */
  readonly heads: number
  /** Rows that were looked at. */
  readonly looked: number
}

export type ExportStep =
  /** The next bytes of the file. */
  | ({ readonly kind: 'bytes'; readonly bytes: Uint8Array } & Progress)
  /** The next files of the folder. */
  | ({
      readonly kind: 'files'
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
      readonly manifest: Uint8Array
    } & Progress)
  /** All of the payload of a row is asked for; null = it is gone. */
  | { readonly kind: 'needs'; readonly row: number }
  | ({ readonly kind: 'done' } & Progress)

/** How far a person sees an export that finds nothing. */
const rowsPerNews = 65_536

type Steps = Generator<ExportStep, void, Uint8Array | null>

/** An export, a step at a time: whoever asks for the next one has room for it. A `needs` is answered with the next question. */
export function* exportSteps(order: ExportOrder): Steps {
  const output = createExportOutput(order)
  const progress = { written: 0, heads: 0, looked: 0 }
  let told = 0
  for (const { found, looked } of exportedMessages(order)) {
    for (const { row, isHead, read } of found) {
      const whole: Uint8Array | null = isHead ? yield { kind: 'needs', row } : null
      output.add(read(whole))
      progress.written += 1
      if (isHead && !whole) progress.heads += 1
      for (const step of output.take(false)) yield { ...step, ...progress }
    }
    progress.looked += looked
    if (progress.looked - told > rowsPerNews) {
      told = progress.looked
      yield { kind: 'bytes', bytes: new Uint8Array(0), ...progress }
    }
  }
  for (const step of output.take(true)) yield { ...step, ...progress }
  yield { kind: 'done', ...progress }
}
