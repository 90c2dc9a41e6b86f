import type { AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { nextTurn } from '../ipc/nextTurn'
import { isHead } from '../model/messageLog/payloadHead'
import type { MessageView } from '../model/messageLog/messageLogChunk'
import { defineConnectionState } from './app'

/** What the window asks of main at a time: small enough that each slice costs less than a frame. */
const sliceBytes = 2 * 2 ** 20

/** The clipboard, and what a longer text is pasted into, would not answer for seconds. */
export const largestCopyBytes = 8 * 2 ** 20

/** The payload behind a head: how much of it is here, all of it, or why it is not. `gone` = main has evicted it. */
export type WholePayload = {
  readonly sequence: number
  readonly totalBytes: number
} & (
  | { readonly phase: 'loading'; readonly loadedBytes: number }
  | { readonly phase: 'whole'; readonly bytes: Uint8Array }
  | { readonly phase: 'cancelled' | 'gone' }
  | { readonly phase: 'failed'; readonly error: AppError }
)

export interface LargePayloadState {
  /** The one large payload that is open: no other is held. */
  readonly whole: WholePayload | null
  /** Reads the rest of a message of which the log has the head; what was open before is released. */
  readonly open: (message: Pick<MessageView, 'sequence' | 'payloadBytes'>) => void
  /** Stops reading; what was read goes. */
  readonly cancel: () => void
  /** Stops reading and releases it. */
  readonly close: () => void
}

const gone = { phase: 'gone' } as const

export const largePayloadState = defineConnectionState<LargePayloadState>('largePayload', ({ owner, get, set }) => {
  const { id: connectionId, app, gone: connectionGone } = owner
  let reading = new AbortController()
  connectionGone.addEventListener('abort', () => reading.abort())

  const read = async (place: Pick<WholePayload, 'sequence' | 'totalBytes'>, signal: AbortSignal) => {
    const { sequence, totalBytes } = place
    const isStopped = () => signal.aborted
    const bytes = new Uint8Array(totalBytes)
    for (let from = 0; from < totalBytes;) {
      const to = Math.min(from + sliceBytes, totalBytes)
      const result = await app.api.invoke('payload.read', { connectionId, sequence, from, to })
      if (isStopped()) return
      if (!result.ok) {
        const { error } = result
        set({ whole: { ...place, ...(error.code === 'payloadNotKept' ? gone : { phase: 'failed', error }) } })
        return
      }
      bytes.set(result.value, from)
      from = to
      set({ whole: { ...place, phase: 'loading', loadedBytes: from } })
      await nextTurn()
      if (isStopped()) return
    }
    set({ whole: { ...place, phase: 'whole', bytes } })
  }
  const stop = () => {
    reading.abort()
    reading = new AbortController()
    return reading.signal
  }

  return {
    whole: null,
    open: ({ sequence, payloadBytes }) => {
      const signal = stop()
      const place = { sequence, totalBytes: payloadBytes }
      set({ whole: { ...place, phase: 'loading', loadedBytes: 0 } })
      read(place, signal).catch((error: unknown) => {
        const message = messageOf(error)
        if (!signal.aborted) set({ whole: { ...place, phase: 'failed', error: { code: 'internal', message } } })
      })
    },
    cancel: () => {
      stop()
      const { whole } = get()
      if (whole) set({ whole: { sequence: whole.sequence, totalBytes: whole.totalBytes, phase: 'cancelled' } })
    },
    close: () => {
      stop()
      set({ whole: null })
    },
  }
})

/** How reading the rest of the message stands; null = it is not open. */
export const selectWhole =
  (sequence: number) =>
  ({ whole }: LargePayloadState): WholePayload | null =>
    whole?.sequence === sequence ? whole : null

/** All of a message's payload; null while only its head is here. */
export const selectPayload =
  (message: MessageView) =>
  ({ whole }: LargePayloadState): Uint8Array | null => {
    if (!isHead(message)) return message.payload
    return whole?.phase === 'whole' && whole.sequence === message.sequence ? whole.bytes : null
  }
