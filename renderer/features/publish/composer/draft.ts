import type { PayloadFile, PayloadFormat } from '#shared/model/publish'
import type { Composed, FilePayload } from '../../../state/composerRequest'

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

export const isOnDisk = (file: FilePayload): file is PayloadFile => 'token' in file

export const payloadSize = (file: FilePayload): number => (isOnDisk(file) ? file.size : file.bytes.length)

/** Whether the payload is the editor's text itself; else the text says which bytes it is. */
export const isSentAsText = (format: PayloadFormat): boolean => format === 'text' || format === 'json'
