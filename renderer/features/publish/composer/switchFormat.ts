import { payloadBytes, isSentAsText } from '#shared/model/composing'
import type { PayloadFormat } from '#shared/model/publish'
import { textFromBytes } from '#shared/mqtt/payloadText'
import { isUtf8 } from '#shared/mqtt/utf8'
import type { Composed } from '../../../state/composerRequest'

/** `kept`: the payload could not be carried over, so text and format stay as they were. */
export type SwitchedFormat =
  | { readonly outcome: 'converted'; readonly message: Composed }
  | { readonly outcome: 'kept'; readonly reason: 'unreadable' | 'notText' }

/** The same bytes written in another format. Never changes what would be sent. */
export const switchFormat = (message: Composed, format: PayloadFormat): SwitchedFormat => {
  if (message.format === format || (isSentAsText(message.format) && isSentAsText(format))) {
    return { outcome: 'converted', message: { ...message, format } }
  }
  const bytes = payloadBytes(message)
  if (!bytes) return { outcome: 'kept', reason: 'unreadable' }
  if (isSentAsText(format) && !isUtf8(bytes)) return { outcome: 'kept', reason: 'notText' }
  return { outcome: 'converted', message: { ...message, format, payload: textFromBytes(bytes, format) } }
}
