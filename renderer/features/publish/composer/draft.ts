import { emptyMessage } from '#shared/model/publish'
import type { DraftOrigin, LeftOut } from '#shared/model/drafts'
import type { PayloadFile } from '#shared/model/publish'
import type { Composed, FilePayload } from '../../../state/composerRequest'

/** What a person has typed. The editor's text stays while a file takes its place. */
export interface Draft {
  readonly message: Composed
  readonly file: FilePayload | null
}

/** A draft as it stands in the list of all connections. */
export interface DraftTab extends Draft {
  readonly id: string
  /** '' = it is called by its topic. */
  readonly name: string
  /** Milliseconds between its messages when it is repeated, as typed. */
  readonly everyMs: string
  /** What is repeated of it, as it was when that was started; null = it was not in this run. */
  readonly repeated: Composed | null
  /** What of it did not come back with this run; null = all of it did, or something else stands there since. */
  readonly leftOut: LeftOut | null
  /** The kept message it was taken from, as that was then; null = it is of no collection. */
  readonly origin: DraftOrigin | null
  /** Another part of the window put it here, and nothing was typed since: what comes next may take its place. */
  readonly isUntouched: boolean
}

export const newDraft = (): DraftTab => ({
  id: crypto.randomUUID(),
  name: '',
  message: emptyMessage,
  file: null,
  everyMs: '1000',
  repeated: null,
  leftOut: null,
  origin: null,
  isUntouched: false,
})

/** Whether nothing stands in it that a person could miss. */
export const isBlank = ({ name, message, file }: DraftTab): boolean =>
  name === '' && file === null && message.topic === '' && message.payload === '' && countProperties(message) === 0

/** How many MQTT 5 properties a message carries. */
export const countProperties = (message: Composed): number =>
  [message.contentType, message.responseTopic, message.correlationData, message.messageExpiry].filter(Boolean).length +
  message.userProperties.length +
  (message.payloadFormatIndicator ? 1 : 0)

/** Whether its texts are filled in for each message; not while a file takes the place of the payload. */
export const isTemplateDraft = ({ message, file }: Draft): boolean => message.isTemplate === true && file === null

export const isOnDisk = (file: FilePayload): file is PayloadFile => 'token' in file

export const payloadSize = (file: FilePayload): number => (isOnDisk(file) ? file.size : file.bytes.length)
