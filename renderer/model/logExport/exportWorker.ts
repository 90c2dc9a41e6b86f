import { createExportAnswers } from './exportAnswers'
import type { ExportAnswer, ExportRequest } from './exportThread'

/** The thread of an export: it reads the log's memory, which it shares, and makes the bytes of the file. */
const answer = createExportAnswers()

self.onmessage = ({ data }: MessageEvent<ExportRequest>) => {
  const said = answer(data)
  self.postMessage(said, { transfer: buffersOf(said) })
}

/** Bytes of their own cross without a copy. */
const buffersOf = (said: ExportAnswer): ArrayBuffer[] => {
  if (said.kind !== 'step' || (said.step.kind !== 'bytes' && said.step.kind !== 'files')) return []
  const { step } = said
  const all = step.kind === 'bytes' ? [step.bytes] : [step.manifest, ...step.files.map(({ bytes }) => bytes)]
  return [...new Set(all.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer)
}
