import { decodeUtf8, isUtf8, wholeCharacters } from '#shared/mqtt/utf8'
import type { TopicNode } from './topicIndexNode'

export type ValuePreview =
  | { readonly kind: 'none' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string; readonly cut: boolean }
  /** Hex pairs without prefix, of the first bytes. */
  | { readonly kind: 'binary'; readonly hex: string; readonly cut: boolean }

const hexPreviewBytes = 24

// Text has no C0 controls but tab, line feed and carriage return; a NUL or a 0x01 says that a machine wrote the bytes.
const isControl = (byte: number) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d

const isText = (bytes: Uint8Array): boolean => !bytes.some(isControl) && isUtf8(bytes)

const toHex = (bytes: Uint8Array): string => {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/** One line for a payload of `payloadBytes` bytes that starts with `first`. White space is folded. */
export const previewOf = (first: Uint8Array, payloadBytes: number): ValuePreview => {
  if (payloadBytes === 0) return { kind: 'empty' }
  const cut = payloadBytes > first.length
  const whole = cut ? wholeCharacters(first) : first
  if (isText(whole)) return { kind: 'text', text: decodeUtf8(whole).replace(/\s+/g, ' ').trim(), cut }
  return { kind: 'binary', hex: toHex(first.subarray(0, hexPreviewBytes)), cut: payloadBytes > hexPreviewBytes }
}

/** The last value of a topic; `none` where only topics below it have one. */
export const lastValueOf = (node: TopicNode): ValuePreview =>
  node.ownMessages === 0 ? { kind: 'none' } : previewOf(node.preview.subarray(0, node.previewLength), node.payloadBytes)

/** What a search for a value looks through. */
export const searchableValue = (node: TopicNode): string => {
  const value = lastValueOf(node)
  if (value.kind === 'text') return value.text
  return value.kind === 'binary' ? `0x${value.hex}` : ''
}
