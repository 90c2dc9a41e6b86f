import { hexPair } from '#shared/mqtt/payloadText'

/** What fits on one line of any screen. */
const previewBytes = 300
const hexBytes = 64

export interface Preview {
  readonly kind: 'text' | 'hex' | 'empty'
  readonly text: string
}

// `stream` lets a character that is cut at the end pass without complaint.
const decodeStart = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes, { stream: true })
  } catch {
    return null
  }
}

const hasControls = (text: string): boolean => /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text)

/** One line of a payload, from its first bytes only: text with its white space drawn together, or hex for binary. */
export const previewOf = (payload: Uint8Array): Preview => {
  if (payload.length === 0) return { kind: 'empty', text: '' }
  const text = decodeStart(payload.subarray(0, previewBytes))
  if (text !== null && !hasControls(text)) return { kind: 'text', text: text.replace(/[\s]+/g, ' ') }
  const shown = payload.subarray(0, hexBytes)
  return { kind: 'hex', text: Array.from(shown, hexPair).join(' ') + (payload.length > hexBytes ? ' …' : '') }
}
