import { fail, ok, type Result } from '#shared/result'
import type { LargePayloads, MessagePlace } from '../broker/inbox/largePayloads'
import type { FileWriting } from '../files/fileWriting'

/** A copy of the bytes from `from` to `to`. Fails with `payloadNotKept`, or `invalidInput` beyond the end. */
export const readPayload = (
  payloads: LargePayloads,
  { from, to, ...place }: MessagePlace & { readonly from: number; readonly to: number },
): Result<Uint8Array> => {
  const payload = payloads.find(place)
  if (!payload) return notKept()
  if (to > payload.length) return fail('invalidInput', `The payload has ${payload.length} bytes.`, { field: 'to' })
  return ok(payload.slice(from, to))
}

/** Asks where to and writes the whole payload as it came. Fails with `payloadNotKept` or `fileNotWritten`. */
export const savePayload = (
  { payloads, files }: { readonly payloads: LargePayloads; readonly files: Pick<FileWriting, 'save'> },
  { suggestedName, ...place }: MessagePlace & { readonly suggestedName: string },
): Promise<Result<string | null>> => {
  // Found before the dialog, which may stay open longer than the payload is kept.
  const bytes = payloads.find(place)
  return bytes ? files.save({ suggestedName, bytes }) : Promise.resolve(notKept())
}

const notKept = () => fail('payloadNotKept', 'The rest of this payload was evicted.')
