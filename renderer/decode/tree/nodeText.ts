import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { hexDigits } from '#shared/mqtt/payloadText'

/** A row has no room for more; the whole value stands below the tree and is copied. */
const shownBytes = 64

/** A tag stands around a value and is not a level of its own: it is said with the type. */
export const withoutTags = (node: PayloadNode): Exclude<PayloadNode, { kind: 'tagged' }> => {
  let inside = node
  while (inside.kind === 'tagged') inside = inside.content
  return inside
}

export const typeText = (node: PayloadNode): string => {
  let tags = ''
  let inside = node
  for (; inside.kind === 'tagged'; inside = inside.content) tags += `${inside.tag}: `
  return tags + inside.type
}

/** The value as a row shows it, texts in quotes; '' = it is a list or a map. */
export const rowText = (node: PayloadNode): string => {
  const inside = withoutTags(node)
  if (inside.kind === 'list' || inside.kind === 'map') return inside.reading ?? ''
  if (inside.kind === 'text') return `"${inside.text}"`
  if (inside.kind === 'symbol') return `${inside.text} (${inside.digits})`
  if (inside.kind === 'bytes' || inside.kind === 'extension') {
    const more = inside.bytes.length > shownBytes ? '…' : ''
    return `${inside.kind === 'bytes' ? 'h' : `ext ${inside.code} h`}'${hexDigits(inside.bytes.subarray(0, shownBytes))}${more}'`
  }
  return valueText(inside)
}

/** All of the value: of a text what it says, of a number its digits, of bytes their hex, of a list or a map JSON. */
export const valueText = (node: PayloadNode): string => {
  const inside = withoutTags(node)
  switch (inside.kind) {
    case 'number':
      return inside.digits
    case 'constant':
      return String(inside.value)
    case 'undefined':
      return 'undefined'
    case 'simple':
      return `simple(${inside.code})`
    case 'text':
    case 'symbol':
      return inside.text
    case 'bytes':
    case 'extension':
      return hexDigits(inside.bytes)
    case 'list':
    case 'map':
      return nodeJson(inside) ?? ''
  }
}

/** As what a query compares it. */
export const valueKind = (node: PayloadNode): 'number' | 'text' | 'word' | 'container' => {
  const { kind } = withoutTags(node)
  if (kind === 'list' || kind === 'map') return 'container'
  if (kind === 'number') return 'number'
  return kind === 'constant' || kind === 'undefined' || kind === 'simple' ? 'word' : 'text'
}
