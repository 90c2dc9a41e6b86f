import type { ComposedMessage, PayloadFile } from '#shared/model/publish'

/** `payloadFormatIndicator` says that the payload is UTF-8 text (MQTT 5 §3.3.2.3.2). */
export type Composed = ComposedMessage & { readonly payloadFormatIndicator?: boolean | undefined }

/** Bytes of a message that is no text, under the name of a file. */
export interface BytesPayload {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Sent exactly as it is instead of the editor's text; a file on disk is read when it is sent. */
export type FilePayload = BytesPayload | PayloadFile

export const isOnDisk = (file: FilePayload): file is PayloadFile => 'token' in file

export const payloadSize = (file: FilePayload): number => (isOnDisk(file) ? file.size : file.bytes.length)

/** What stands in the composer of one connection. The editor's text stays while a file takes its place. */
export interface Draft {
  readonly message: Composed
  readonly file: FilePayload | null
}

export const emptyMessage: Composed = {
  topic: '',
  payload: '',
  format: 'text',
  qos: 0,
  retain: false,
  contentType: '',
  responseTopic: '',
  correlationData: '',
  messageExpiry: '',
  userProperties: [],
}

export const emptyDraft: Draft = { message: emptyMessage, file: null }

/** How many MQTT 5 properties a message carries. */
export const countProperties = (message: Composed): number =>
  [message.contentType, message.responseTopic, message.correlationData, message.messageExpiry].filter(Boolean).length +
  message.userProperties.length +
  (message.payloadFormatIndicator ? 1 : 0)
