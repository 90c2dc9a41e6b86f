import type { ConnectionFailure } from '#shared/model/failure'
import { openConnection, type Connection, type OpenConnectionParts } from './openConnection'

/** A session's network connection, one at a time. `onEnd` gets why it ended: null = it was closed from here. */
export const createConnectionSlot = (
  onEnd: (reason: ConnectionFailure | null, end: { readonly wantsToReturn: boolean }) => void,
) => {
  let connection: Connection | null = null
  let isOnline = false
  /** It is being closed, and perhaps another one is wanted then. */
  let leaving: 'stay' | 'return' | null = null
  const end = (reason: ConnectionFailure | null) => {
    const wantsToReturn = leaving === 'return'
    connection = null
    leaving = null
    onEnd(reason, { wantsToReturn })
  }
  return {
    current: (): Connection | null => connection,
    open: (parts: OpenConnectionParts): void => {
      isOnline = false
      const onOnline: OpenConnectionParts['onOnline'] = (connack) => {
        isOnline = true
        parts.onOnline(connack)
      }
      const opened = openConnection({ ...parts, onOnline }, (reason) => {
        // One that was given up before it was online has ended already.
        if (connection === opened) end(reason)
      })
      connection = opened
    },
    /** Where it is being closed, another one is wanted after all. */
    wantReturn: (): void => {
      if (leaving) leaving = 'return'
    },
    /**
     * Resolves when it has ended. One that is still being made has ended at once: what there is of it is closed behind the
     * person's back, and nothing of it is told any more.
     */
    close: async (next: 'stay' | 'return'): Promise<void> => {
      if (!connection) return
      leaving = next
      const closed = connection.close()
      if (isOnline) await closed
      else end(null)
    },
  }
}
