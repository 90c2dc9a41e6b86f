import { wholePayloadBytes } from '#shared/model/frame'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { openLargeText } from '../largeText'
import { openedAtOnce, type PayloadView } from '../payloadView'
import { textContent } from '../textContent'

/** The text as it is. Fits whatever reads as text, and what is empty. */
export const textView: PayloadView<'text'> = {
  id: 'text',
  isFor: ({ reading }) => reading !== 'binary',
  priority: 1,
  fileExtension: 'txt',
  open: (payload) => {
    const { bytes, payloadBytes } = payload
    if (payloadBytes > wholePayloadBytes) return openLargeText(payload)
    return openedAtOnce(textContent(decodeUtf8(bytes), { validUtf8: isUtf8(bytes) }))
  },
}
