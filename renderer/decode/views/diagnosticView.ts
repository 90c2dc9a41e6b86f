import { cborDiagnostic } from '#shared/decoding/cborDiagnostic'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { wholePayloadBytes } from '#shared/model/frame'
import { openedAtOnce, type OpenedPayload, type PayloadNote, type PayloadView, type ShownPayload } from '../payloadView'
import { textContent } from '../textContent'
import { hexView } from './hexView'

/** CBOR in its diagnostic notation (RFC 8949 §8): what the bytes say and how they say it. What is no CBOR is shown in hex, and where it ends. */
export const diagnosticView: PayloadView<'diagnostic'> = {
  id: 'diagnostic',
  isFor: () => false,
  priority: -1,
  fileExtension: 'cbor',
  open: (payload) => {
    const { bytes, isCut, payloadBytes } = payload
    if (isCut || payloadBytes > wholePayloadBytes) return inHex(payload, { key: 'diagnostic.tooLarge' })
    try {
      return openedAtOnce(textContent(cborDiagnostic(bytes), { validUtf8: true }))
    } catch (error) {
      if (!(error instanceof DecodingFault)) throw error
      return inHex(payload, { key: 'diagnostic.notCbor', values: { offset: error.offset } })
    }
  },
}

const inHex = (payload: ShownPayload, note: PayloadNote): OpenedPayload => {
  const opened = hexView.open(payload)
  return {
    ...opened,
    content: () => {
      const content = opened.content()
      return { ...content, notes: [...content.notes, note] }
    },
  }
}
