import type { Farewell } from '#shared/model/farewell'
import type { ConnectionFailure } from '#shared/model/failure'
import { openConnection, type Connection, type OpenConnectionParts } from './openConnection'

/** A session's network connection, one at a time. */
export interface ConnectionSlot {
  current(): Connection | null
  open(parts: OpenConnectionParts): void
  /** Where it is being closed, another one is wanted after all. */
  wantReturn(): void
  /**
   * Resolves when it has ended. One that is still being made has ended at once: what there is of it is closed behind the
   * person's back, and nothing of it is told any more.
   */
  close(next: 'stay' | 'return', farewell?: Farewell): Promise<void>
}

/** `onEnd` gets why it ended: null = it was closed from here. */
export const createConnectionSlot = (
  onEnd: (reason: ConnectionFailure | null, end: { readonly wantsToReturn: boolean }) => void,
): ConnectionSlot => {
  let connection: Connection | null = null
  /** It is being closed, and perhaps another one is wanted then. */
  let leaving: 'stay' | 'return' | null = null
  const end = (reason: ConnectionFailure | null) => {
    const wantsToReturn = leaving === 'return'
    connection = null
    leaving = null
    onEnd(reason, { wantsToReturn })
  }
  return {
    current: () => connection,
    open: (parts) => {
      const opened = openConnection(parts, (reason) => {
        // One that was given up before it was online has ended already.
        if (connection === opened) end(reason)
      })
      connection = opened
    },
    wantReturn: () => {
      if (leaving) leaving = 'return'
    },
    close: async (next, farewell) => {
      if (!connection) return
      leaving = next
      const isOnline = connection.isOnline()
      const closed = connection.close(farewell)
      if (isOnline) await closed
      else end(null)
    },
  }
}
