import type { CollectionMessage } from '#shared/model/collection'
import type { Connection } from '../../../state/app'
import { composerRequestState } from '../../../state/composerRequest'
import { focusState } from '../../../state/focus'
import { draftsState } from '../drafts/draftsState'

/** Brings a kept message into the composer: the draft that is a change of it already, or a new one. */
export const editMessage = (connection: Connection, collectionId: string, { id, message }: CollectionMessage): void => {
  const { all, show } = connection.app.get(draftsState)
  const known = all.find(({ origin }) => origin?.collectionId === collectionId && origin.messageId === id)
  if (known) show(connection.id, known.id)
  else {
    const origin = { collectionId, messageId: id, message }
    connection.get(composerRequestState).put({ kind: 'message', message, file: null, origin })
  }
  connection.app.get(focusState).focus(message.topic === '' ? 'publishTopic' : 'publishPayload')
}
