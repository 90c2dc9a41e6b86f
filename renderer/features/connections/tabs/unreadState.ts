import { defineConnectionState } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { messagesState } from '../../../state/messages'

interface UnreadState {
  /** Messages that had been received when the connection was in sight last. */
  readonly seen: number
}

/** What came while it was out of sight. */
export const unreadState = defineConnectionState<UnreadState>('unread', ({ owner: connection, set }) => {
  const { app, id, gone } = connection
  const received = () => connection.get(messagesState).counters.received
  const stop = app.watch(connectionsState, ({ inSight }, before) => {
    if (before.inSight.includes(id) && !inSight.includes(id)) set({ seen: received() })
  })
  gone.addEventListener('abort', stop)
  return { seen: app.get(connectionsState).inSight.includes(id) ? 0 : received() }
})
