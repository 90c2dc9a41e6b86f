import type { CollectionMessage } from '#shared/model/collection'
import type { Connection } from '../../../state/app'
import { composerRequestState } from '../../../state/composerRequest'
import { focusState } from '../../../state/focus'
import { draftsState } from '../drafts/draftsState'

const focusComposer = ({ app }: Connection, { message }: CollectionMessage) =>
  app.get(focusState).focus(message.topic === '' ? 'publishTopic' : 'publishPayload')

/** Puts a kept message into the composer as it is kept, whatever stands in a draft of it. */
export const loadMessage = (connection: Connection, collectionId: string, kept: CollectionMessage): void => {
  const { id, message } = kept
  const origin = { collectionId, messageId: id, message }
  connection.get(composerRequestState).put({ kind: 'message', message, file: null, origin })
  focusComposer(connection, kept)
}

/** Goes on with the draft that is a change of a kept message already, or begins one. */
export const editMessage = (connection: Connection, collectionId: string, kept: CollectionMessage): void => {
  const { all, show } = connection.app.get(draftsState)
  const known = all.find(({ origin }) => origin?.collectionId === collectionId && origin.messageId === kept.id)
  if (!known) return loadMessage(connection, collectionId, kept)
  show(connection.id, known.id)
  focusComposer(connection, kept)
}
