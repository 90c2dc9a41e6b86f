import { nextTurn } from '../ipc/nextTurn'
import type { Connection } from './app'

/** What the window asks of main at a time: small enough that each slice costs less than a frame. */
const sliceBytes = 2 * 2 ** 20

/** All of a payload of which the log has the beginning; null = main keeps it no more, or nobody wants it any more. */
export const readWholePayload = async (
  { app, id: connectionId }: Connection,
  { sequence, payloadBytes }: { readonly sequence: number; readonly payloadBytes: number },
  signal: AbortSignal,
): Promise<Uint8Array | null> => {
  const bytes = new Uint8Array(payloadBytes)
  for (let from = 0; from < payloadBytes;) {
    const to = Math.min(from + sliceBytes, payloadBytes)
    const slice = await app.api.invoke('payload.read', { connectionId, sequence, from, to })
    if (signal.aborted || !slice.ok) return null
    bytes.set(slice.value, from)
    from = to
    await nextTurn()
  }
  return bytes
}
