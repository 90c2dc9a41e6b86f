import { formatBase64 } from '#shared/mqtt/payloadText'
import { byteContent } from '../byteContent'
import { openedAtOnce, type PayloadView } from '../payloadView'

/** RFC 2045 §6.8: lines of 76 characters, which are 57 bytes each. */
const bytesPerLine = 57

export const base64View: PayloadView<'base64'> = {
  id: 'base64',
  isFor: () => false,
  priority: 0,
  fileExtension: 'bin',
  open: ({ bytes }) =>
    openedAtOnce(
      byteContent({
        count: Math.ceil(bytes.length / bytesPerLine),
        lineAt: (index) => formatBase64(bytes.subarray(index * bytesPerLine, (index + 1) * bytesPerLine)),
        copyText: () => formatBase64(bytes),
      }),
    ),
}
