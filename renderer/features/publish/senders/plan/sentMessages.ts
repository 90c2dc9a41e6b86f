import type { ComposedMessage } from '#shared/model/publish'
import type { App } from '../../../../state/app'
import type { FilePayload } from '../../../../state/composerRequest'
import { isOnDisk } from '../../composer/draft'
import { messageWith } from '../../library/libraryChanges'
import { senderPlansState } from '../senderPlansState'

/** A message as a plan has it. */
export interface Sendable {
  readonly message: ComposedMessage
  readonly fileToken?: string
}

/** A draft as a message of a plan: bytes become text that stands for them, and a file on disk is read when the sender starts. */
export const sendableFrom = (
  app: App,
  { message, file }: { readonly message: ComposedMessage; readonly file: FilePayload | null },
): Sendable => {
  if (!file) return { message }
  // Bytes are sent as they are.
  const asItIs = { ...message, isTemplate: false }
  if (!isOnDisk(file)) return { message: messageWith(asItIs, file.bytes) }
  app.get(senderPlansState).noteFile(file)
  return { message: asItIs, fileToken: file.token }
}
