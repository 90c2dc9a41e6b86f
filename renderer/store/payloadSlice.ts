import type { AppError } from '#shared/result'
import { nextTurn } from '../ipc/nextTurn'
import { isHead } from '../model/messageLog/payloadHead'
import type { MessageView } from '../model/messageLog/messageLogChunk'
import type { AppState } from './appStore'
import type { SliceCreator } from './sliceCreator'

/** What the window asks of main at a time: small enough that each slice costs less than a frame. */
const sliceBytes = 2 * 2 ** 20

/** A text of more would make the clipboard and whatever it is put into stand still. */
export const largestCopyBytes = 8 * 2 ** 20

/** The payload behind a head: how much of it is here, all of it, or why it is not. `gone` = main has evicted it. */
export type WholePayload = {
  readonly connectionId: string
  readonly sequence: number
  readonly totalBytes: number
} & (
  | { readonly phase: 'loading'; readonly loadedBytes: number }
  | { readonly phase: 'whole'; readonly bytes: Uint8Array }
  | { readonly phase: 'cancelled' | 'gone' }
  | { readonly phase: 'failed'; readonly error: AppError }
)

export interface PayloadSlice {
  /** The one large payload that is open: no other is held. */
  readonly wholePayload: WholePayload | null
  /** Reads the rest of a message of which the log has the head; what was open before is released. */
  readonly openPayload: (connectionId: string, message: Pick<MessageView, 'sequence' | 'payloadBytes'>) => void
  /** Stops reading; what was read goes. */
  readonly cancelPayload: () => void
  /** Stops reading and releases it. */
  readonly closePayload: () => void
}

const gone = { phase: 'gone' } as const

const isOf = (open: WholePayload | null, connectionId: string, sequence: number) =>
  open?.connectionId === connectionId && open.sequence === sequence

/** How reading the rest of the message stands; null = it is not open. */
export const selectWhole = (connectionId: string, sequence: number) => (state: AppState) =>
  isOf(state.wholePayload, connectionId, sequence) ? state.wholePayload : null

/** All of a message's payload; null while only its head is here. */
export const selectPayload = (connectionId: string, message: MessageView) => (state: AppState) => {
  if (!isHead(message)) return message.payload
  const open = state.wholePayload
  return open?.phase === 'whole' && isOf(open, connectionId, message.sequence) ? open.bytes : null
}

export const createPayloadSlice: SliceCreator<PayloadSlice> = (set, get, { api }) => {
  let reading = new AbortController()

  const read = async (place: Pick<WholePayload, 'connectionId' | 'sequence' | 'totalBytes'>, signal: AbortSignal) => {
    const { connectionId, sequence, totalBytes } = place
    const isStopped = () => signal.aborted
    const bytes = new Uint8Array(totalBytes)
    for (let from = 0; from < totalBytes;) {
      const to = Math.min(from + sliceBytes, totalBytes)
      const result = await api.invoke('payload.read', { connectionId, sequence, from, to })
      if (isStopped()) return
      if (!result.ok) {
        const { error } = result
        set({ wholePayload: { ...place, ...(error.code === 'payloadNotKept' ? gone : { phase: 'failed', error }) } })
        return
      }
      bytes.set(result.value, from)
      from = to
      set({ wholePayload: { ...place, phase: 'loading', loadedBytes: from } })
      await nextTurn()
      if (isStopped()) return
    }
    set({ wholePayload: { ...place, phase: 'whole', bytes } })
  }
  const stop = () => {
    reading.abort()
    reading = new AbortController()
    return reading.signal
  }

  return {
    wholePayload: null,
    openPayload: (connectionId, { sequence, payloadBytes }) => {
      const signal = stop()
      const place = { connectionId, sequence, totalBytes: payloadBytes }
      set({ wholePayload: { ...place, phase: 'loading', loadedBytes: 0 } })
      read(place, signal).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error)
        if (!signal.aborted) set({ wholePayload: { ...place, phase: 'failed', error: { code: 'internal', message } } })
      })
    },
    cancelPayload: () => {
      stop()
      const open = get().wholePayload
      if (!open) return
      const { connectionId, sequence, totalBytes } = open
      set({ wholePayload: { connectionId, sequence, totalBytes, phase: 'cancelled' } })
    },
    closePayload: () => {
      stop()
      set({ wholePayload: null })
    },
  }
}
