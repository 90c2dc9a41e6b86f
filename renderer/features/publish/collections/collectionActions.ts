import { BookmarkPlus } from 'lucide-react'
import { sharedCollectionId } from '#shared/model/collection'
import { largestSavedPayload } from '#shared/model/publish'
import { visibleName } from '#shared/text/visibleText'
import type { AnyAction, Subjects } from '../../../actions/action'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { composedFrom } from '../../../model/messageLog/messageLogCompose'
import { isHead } from '../../../model/messageLog/payloadHead'
import type { Connection } from '../../../state/app'
import { largePayloadState, selectPayload } from '../../../state/largePayload'
import { noticesState } from '../../../state/notices'
import type { Composed } from '../../../state/composerRequest'
import { savableMessage } from '../library/libraryChanges'
import { collectionsState, selectMessage } from './collectionsState'

type Payload = Uint8Array | null

const payloadOf = ({ connection, message }: Subjects['message']): Payload =>
  selectPayload(message)(connection.get(largePayloadState))

/** The topic's latest message, where all of its payload is here. */
const latestOf = ({ connection, node }: Subjects['topic']): MessageView | null => {
  const message = connection.model.log.latestOf(node.topic)
  return message && !isHead(message) ? message : null
}

const canKeep = (payload: Payload | undefined): boolean => payload != null && payload.length <= largestSavedPayload

/** As it is kept; bytes whose hex would be too long are kept as Base64. */
const savableOf = (message: MessageView, payload: Uint8Array): Composed | null => {
  const composed = composedFrom(message, payload)
  const isText = composed.file === null && composed.message.format !== 'hex'
  return savableMessage({ message: composed.message, bytes: isText ? null : payload })
}

/** Keeps a message in the shared collection, under its topic, and says so with an undo. */
const keep = ({ app }: Connection, received: MessageView, payload: Payload) => {
  const message = payload && savableOf(received, payload)
  if (!message) return
  const name = visibleName(message.topic).trim().slice(0, 200) || '?'
  const id = app.get(collectionsState).add(sharedCollectionId, { name, folder: '', message })
  const undo = () => {
    const kept = selectMessage(sharedCollectionId, id)(app.get(collectionsState))
    if (kept) app.get(collectionsState).remove(sharedCollectionId, [kept])
  }
  app.get(noticesState).show({
    text: { key: 'collections.kept', values: { name } },
    action: { label: { key: 'collections.undo' }, run: undo },
  })
}

export const collectionActions: readonly AnyAction[] = [
  {
    id: 'message.keep',
    on: 'message',
    label: { key: 'collections.keep' },
    icon: BookmarkPlus,
    contextGroup: 1,
    isEnabled: (subject) => canKeep(payloadOf(subject)),
    run: (subject) => keep(subject.connection, subject.message, payloadOf(subject)),
  },
  {
    id: 'topic.keep',
    on: 'topic',
    label: { key: 'collections.keepLatest' },
    icon: BookmarkPlus,
    contextGroup: 1,
    isEnabled: (subject) => canKeep(latestOf(subject)?.payload),
    run: (subject) => {
      const message = latestOf(subject)
      if (message) keep(subject.connection, message, message.payload)
    },
  },
]
