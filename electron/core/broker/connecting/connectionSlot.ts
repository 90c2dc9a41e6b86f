import type { ConnectionFailure } from '#shared/model/failure'
import { openConnection, type Connection, type OpenConnectionParts } from './openConnection'

/** A session's network connection, one at a time. `onEnd` gets why it ended: null = it was closed from here. */
export const createConnectionSlot = (
  onEnd: (reason: ConnectionFailure | null, end: { readonly wantsToReturn: boolean }) => void,
) => {
  let connection: Connection | null = null
  /** It is being closed, and perhaps another one is wanted then. */
  let leaving: 'stay' | 'return' | null = null
  return {
    current: (): Connection | null => connection,
    open: (parts: OpenConnectionParts): void => {
      connection = openConnection(parts, (reason) => {
        const wantsToReturn = leaving === 'return'
        connection = null
        leaving = null
        onEnd(reason, { wantsToReturn })
      })
    },
    /** Where it is being closed, another one is wanted after all. */
    wantReturn: (): void => {
      if (leaving) leaving = 'return'
    },
    /** Resolves when it has ended. */
    close: async (next: 'stay' | 'return'): Promise<void> => {
      if (!connection) return
      leaving = next
      await connection.close()
    },
  }
}
