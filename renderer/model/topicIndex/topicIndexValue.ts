import { oneLineOf, type PayloadReading } from '#shared/text/payloadReading'
import type { TopicNode } from './topicIndexNode'

export type ValuePreview =
  | { readonly kind: 'none' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string; readonly cut: boolean }
  /** Hex pairs without prefix, of the first bytes. */
  | { readonly kind: 'binary'; readonly hex: string; readonly cut: boolean }

const hexBytes = 24

interface Payload {
  readonly first: Uint8Array
  /** Of all of it. */
  readonly payloadBytes: number
  /** Asked of more bytes than are here; else these are judged. */
  readonly reading?: PayloadReading
}

/** One line for a payload. White space is folded. */
export const valuePreviewOf = ({ first, ...payload }: Payload): ValuePreview => {
  const line = oneLineOf(first, { ...payload, hexBytes })
  return line.kind === 'binary' ? { kind: 'binary', hex: toHex(line.first), cut: line.cut } : line
}

/** The last value of a topic; `none` where only topics below it have one. */
export const lastValueOf = (node: TopicNode): ValuePreview => {
  if (node.ownMessages === 0) return { kind: 'none' }
  const { payloadBytes, reading } = node
  return valuePreviewOf({ first: node.preview.subarray(0, node.previewLength), payloadBytes, reading })
}

/** What a search for a value looks through. */
export const searchableValue = (node: TopicNode): string => {
  const value = lastValueOf(node)
  if (value.kind === 'text') return value.text
  return value.kind === 'binary' ? `0x${value.hex}` : ''
}

const toHex = (bytes: Uint8Array): string => {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}
