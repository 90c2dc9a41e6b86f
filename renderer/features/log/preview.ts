import { hexPair } from '#shared/mqtt/payloadText'
import { decodeUtf8Start } from '#shared/mqtt/utf8'

/** What fits on one line of any screen. */
const previewBytes = 300
const hexBytes = 64

export interface Preview {
  readonly kind: 'text' | 'hex' | 'empty'
  readonly text: string
}

const hasControls = (text: string): boolean => /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text)

/** One line of a payload, from its first bytes only: text with its white space drawn together, or hex for binary. */
export const previewOf = (payload: Uint8Array): Preview => {
  if (payload.length === 0) return { kind: 'empty', text: '' }
  const text = decodeUtf8Start(payload.subarray(0, previewBytes))
  if (text !== null && !hasControls(text)) return { kind: 'text', text: text.replace(/[\s]+/g, ' ') }
  const shown = payload.subarray(0, hexBytes)
  return { kind: 'hex', text: Array.from(shown, hexPair).join(' ') + (payload.length > hexBytes ? ' …' : '') }
}
