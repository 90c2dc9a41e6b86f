import { hexPair } from '#shared/mqtt/payloadText'
import { oneLineOf } from '#shared/text/payloadReading'

/** What fits on one line of any screen. */
const previewBytes = 300
const hexBytes = 64

export interface Preview {
  readonly kind: 'text' | 'hex' | 'empty'
  readonly text: string
  /** There is more of it. */
  readonly cut: boolean
}

/** One line of a payload of `payloadBytes` bytes: its text from its first bytes, or hex for binary. */
export const linePreviewOf = (payload: Uint8Array, payloadBytes = payload.length): Preview => {
  const line = oneLineOf(payload, { payloadBytes, textBytes: previewBytes, hexBytes })
  switch (line.kind) {
    case 'empty':
      return { ...line, text: '', cut: false }
    case 'text':
      return line
    case 'binary':
      return { kind: 'hex', text: Array.from(line.first, hexPair).join(' '), cut: line.cut }
  }
}
