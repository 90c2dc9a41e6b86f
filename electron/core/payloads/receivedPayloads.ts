import { largestPacketBytes } from '#shared/model/settings'
import { fail, ok, type Result } from '#shared/result'
import type { LargePayloads, MessagePlace } from '../broker/inbox/largePayloads'
import type { FileWriting } from '../files/fileWriting'
import type { Histories } from '../history/histories'

interface PayloadPlaces {
  readonly payloads: Pick<LargePayloads, 'find'>
  /** Payloads of messages that came in an earlier run are on disk. */
  readonly histories: Pick<Histories, 'payload'>
}

/** A copy of the bytes from `from` to `to`. Fails with `payloadNotKept`, or `invalidInput` beyond the end. */
export const readPayload = async (
  { payloads, histories }: PayloadPlaces,
  { from, to, ...place }: MessagePlace & { readonly from: number; readonly to: number },
): Promise<Result<Uint8Array>> => {
  const payload = payloads.find(place)
  if (!payload) {
    const slice = await histories.payload(place, { from, to })
    return slice ? ok(slice) : notKept()
  }
  if (to > payload.length) return fail('invalidInput', `The payload has ${payload.length} bytes.`, { field: 'to' })
  return ok(payload.slice(from, to))
}

/** Asks where to and writes the whole payload as it came. Fails with `payloadNotKept` or `fileNotWritten`. */
export const savePayload = async (
  { payloads, histories, files }: PayloadPlaces & { readonly files: Pick<FileWriting, 'save'> },
  { suggestedName, ...place }: MessagePlace & { readonly suggestedName: string },
): Promise<Result<string | null>> => {
  // Found before the dialog, which may stay open longer than the payload is kept.
  const bytes = payloads.find(place) ?? (await histories.payload(place, { from: 0, to: largestPacketBytes }))
  return bytes ? files.save({ suggestedName, bytes }) : notKept()
}

const notKept = () => fail('payloadNotKept', 'The rest of this payload was evicted.')
