import {
  collectionIdOf,
  connectionOfCollection,
  sharedCollectionId,
  type CollectionChange,
  type CollectionFacts,
  type CollectionMessage,
  type KeptMessage,
} from '#shared/model/collection'
import { compareSiblings, orderAtEnd, ordersAfterMove } from '#shared/model/siblingOrder'
import type { Result } from '#shared/result'
import { defineAppState } from '../../../state/app'
import type { Composed } from '../../../state/composerRequest'
import { noticesState } from '../../../state/notices'

/** A collection as the window shows it. */
export interface Collection {
  readonly facts: CollectionFacts
  readonly messages: ReadonlyMap<string, CollectionMessage>
}

interface MessagePlace {
  readonly collectionId: string
  readonly folder: string
  readonly beforeId: string | null
}

/** What a new message is made of. */
interface NewMessage {
  readonly name: string
  readonly folder: string
  readonly message: Composed
}

/**
 * The collections, which main owns. A change shows here at once; main writes it to disk and says what has become of it, and of
 * what was changed outside.
 */
export interface CollectionsState {
  readonly all: readonly Collection[]
  receive(change: CollectionChange): void
  forget(collectionId: string): void
  /** Keeps a new message; answers its id. */
  add(collectionId: string, message: NewMessage): string
  /** Changes messages, or brings back those that were removed. */
  save(collectionId: string, messages: readonly CollectionMessage[]): void
  move(collectionId: string, messageId: string, to: MessagePlace): void
  /** Answers what brings them back. */
  remove(collectionId: string, messages: readonly CollectionMessage[]): () => void
}

/** Before main has told of it. */
const emptyCollection = (id: string): Collection => {
  const connectionId = connectionOfCollection(id)
  const kind = connectionId === null ? 'shared' : 'connection'
  const facts: CollectionFacts = {
    id,
    kind,
    connectionId,
    name: '',
    path: '',
    folders: [],
    damaged: [],
    problem: null,
  }
  return { facts, messages: new Map() }
}

const withChange = (messages: Collection['messages'], { isWhole, put, removed }: CollectionChange) => {
  const changed = new Map(isWhole ? [] : messages)
  for (const id of removed) changed.delete(id)
  for (const message of put) changed.set(message.id, message)
  return changed
}

export const collectionsState = defineAppState<CollectionsState>('collections', ({ owner: app, get, set }) => {
  const collectionOf = (id: string) => get().all.find(({ facts }) => facts.id === id) ?? emptyCollection(id)
  const put = (collection: Collection) =>
    set(({ all }) => {
      const isKnown = all.some(({ facts }) => facts.id === collection.facts.id)
      const place = ({ facts }: Collection) => facts.id === collection.facts.id
      return { all: isKnown ? all.map((one) => (place(one) ? collection : one)) : [...all, collection] }
    })
  const apply = (id: string, changed: readonly CollectionMessage[], removed: readonly string[] = []) => {
    const { facts, messages } = collectionOf(id)
    put({ facts, messages: withChange(messages, { facts, isWhole: false, put: changed, removed }) })
  }
  const tellFailure = (asked: Promise<Result<unknown>>) =>
    void asked.then((result) => {
      if (result.ok) return
      app.get(noticesState).showError(result.error)
      // What was shown ahead of main is not so.
      void app.api.invoke('collection.load', undefined)
    })
  const save = (collectionId: string, messages: readonly CollectionMessage[]) => {
    apply(collectionId, messages)
    const kept = messages.map(({ unsaved: _unsaved, ...message }): KeptMessage => message)
    tellFailure(app.api.invoke('collection.save', { collectionId, messages: kept }))
  }

  return {
    all: [emptyCollection(sharedCollectionId)],

    receive: (change) => {
      const { messages } = collectionOf(change.facts.id)
      put({ facts: change.facts, messages: withChange(messages, change) })
    },

    forget: (collectionId) => set(({ all }) => ({ all: all.filter(({ facts }) => facts.id !== collectionId) })),

    add: (collectionId, { name, folder, message }) => {
      const id = crypto.randomUUID()
      const order = orderAtEnd(messagesIn(collectionOf(collectionId), folder))
      save(collectionId, [{ id, name, folder, order, shortcut: '', message, unsaved: null }])
      return id
    },

    save,

    move: (collectionId, messageId, to) => {
      const moved = collectionOf(collectionId).messages.get(messageId)
      if (!moved) return
      if (to.collectionId === collectionId) {
        const { messages } = collectionOf(collectionId)
        const siblings = messagesIn(collectionOf(collectionId), to.folder).filter(({ id }) => id !== messageId)
        const orders = ordersAfterMove([...siblings, moved], messageId, to.beforeId)
        const changed = [...orders].flatMap(([id, order]) => {
          const one = messages.get(id)
          return one ? [{ ...one, order, folder: id === messageId ? to.folder : one.folder }] : []
        })
        apply(collectionId, [{ ...moved, folder: to.folder }, ...changed])
      }
      tellFailure(app.api.invoke('collection.move', { collectionId, messageId, to }))
    },

    remove: (collectionId, messages) => {
      const messageIds = messages.map(({ id }) => id)
      apply(collectionId, [], messageIds)
      tellFailure(app.api.invoke('collection.remove', { collectionId, messageIds }))
      return () => save(collectionId, messages)
    },
  }
})

/** The messages of a folder in their order. */
export const messagesIn = ({ messages }: Collection, folder: string): readonly CollectionMessage[] =>
  [...messages.values()].filter((message) => message.folder === folder).toSorted(compareSiblings)

export const selectCollection =
  (id: string) =>
  ({ all }: CollectionsState): Collection | undefined =>
    all.find(({ facts }) => facts.id === id)

/** Where an entry stands; undefined = it is gone. */
export const selectMessage =
  (collectionId: string, messageId: string) =>
  (state: CollectionsState): CollectionMessage | undefined =>
    selectCollection(collectionId)(state)?.messages.get(messageId)

/** The collections that are offered beside a connection: the shared one, its own, and those that were opened. */
export const collectionsBeside = (all: readonly Collection[], connectionId: string): readonly Collection[] => {
  const ofKind = (kind: CollectionFacts['kind']) => all.filter(({ facts }) => facts.kind === kind)
  const own = all.find(({ facts }) => facts.id === collectionIdOf(connectionId))
  return [
    ...ofKind('shared'),
    own ?? emptyCollection(collectionIdOf(connectionId)),
    ...ofKind('opened').toSorted((one, other) => one.facts.name.localeCompare(other.facts.name)),
  ]
}

/** The names of a folder and those it is in. */
export const folderNames = ({ facts }: Collection, folder: string): readonly string[] => {
  const parts = folder === '' ? [] : folder.split('/')
  return parts.map((part, index) => {
    const path = parts.slice(0, index + 1).join('/')
    return facts.folders.find((one) => one.path === path)?.name ?? part
  })
}
