import type { Batch } from '#shared/model/frame'
import { probeState } from '../state/probe'
import { publishState } from '../features/publish/publishState'
import type { App } from '../state/app'
import { connectionsState } from '../state/connections'
import { messagesState } from '../state/messages'

/**
 * Takes a batch in: its frames into the models, then one change of state for each connection it brings news of. What comes
 * for a connection that is gone was under way, and its numbers mean nothing to a later session.
 */
export const receiveBatch = (app: App, { frames, connections }: Batch): void => {
  const { all } = app.get(connectionsState)
  for (const frame of frames) all.get(frame.connectionId)?.model.apply(frame)
  for (const news of connections) {
    const connection = all.get(news.connectionId)
    connection?.batch(() => {
      connection.get(messagesState).receive(news)
      connection.get(publishState).receiveDeliveries(news.deliveries)
      connection.get(probeState).advance()
    })
  }
}
