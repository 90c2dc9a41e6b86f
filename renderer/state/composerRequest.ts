import type { DraftOrigin } from '#shared/model/drafts'
import type { ComposedMessage, PayloadFile } from '#shared/model/publish'
import { defineConnectionState, type Connection } from './app'
import { focusState } from './focus'

/** Bytes of a message that is no text, under the name of a file. */
interface BytesPayload {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Sent exactly as it is instead of the editor's text; a file on disk is read when it is sent. */
export type FilePayload = BytesPayload | PayloadFile

/** `payloadFormatIndicator` says that the payload is UTF-8 text (MQTT 5 §3.3.2.3.2). */
export type Composed = ComposedMessage & { readonly payloadFormatIndicator?: boolean | undefined }

/** What another part of the window wants to stand in the composer. */
export type ComposerRequest =
  /** A topic; the rest stays as it is. */
  | { readonly kind: 'topic'; readonly topic: string }
  /** A whole message; `file` takes the place of its text. */
  | {
      readonly kind: 'message'
      readonly message: Composed
      readonly file: FilePayload | null
      /** Where it is kept; what is changed of it can be saved there. */
      readonly origin?: DraftOrigin
    }

export interface ComposerRequestState {
  /** The latest one, a new object each time. The composer takes it over; null = there was none. */
  readonly request: ComposerRequest | null
  put(request: ComposerRequest): void
}

export const composerRequestState = defineConnectionState<ComposerRequestState>('composerRequest', ({ set }) => ({
  request: null,
  put: (request) => set({ request }),
}))

/** Puts a topic into the composer, and the cursor behind it or, with '', into its field. */
export const composeFor = (connection: Connection, topic: string): void => {
  connection.get(composerRequestState).put({ kind: 'topic', topic })
  focusComposer(connection, topic)
}

/** Puts a whole message into the composer. */
export const composeMessage = (connection: Connection, message: Composed, file: FilePayload | null = null): void => {
  connection.get(composerRequestState).put({ kind: 'message', message, file })
  focusComposer(connection, message.topic)
}

const focusComposer = ({ app }: Connection, topic: string) =>
  app.get(focusState).focus(topic === '' ? 'publishTopic' : 'publishPayload')
