import { defineConnectionState } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { messagesState } from '../../../state/messages'

interface UnreadState {
  /** Messages that had been received when the connection was in view last. */
  readonly seen: number
}

/** What came while another connection was in view. */
export const unreadState = defineConnectionState<UnreadState>('unread', ({ owner: connection, set }) => {
  const { app, id, gone } = connection
  const received = () => connection.get(messagesState).counters.received
  const stop = app.watch(connectionsState, ({ inViewId }, before) => {
    if (before.inViewId === id && inViewId !== id) set({ seen: received() })
  })
  gone.addEventListener('abort', stop)
  return { seen: app.get(connectionsState).inViewId === id ? 0 : received() }
})
