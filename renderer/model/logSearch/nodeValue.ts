import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { JsonPath } from '#shared/json/jsonPath'
import { formatHex } from '#shared/mqtt/payloadText'
import type { FoundValue } from './fieldTest'

/** What stands at the path in a decoded payload; null = nothing. Of equal keys the last one counts, as in JSON. */
export const nodeAt = (root: PayloadNode, path: JsonPath): PayloadNode | null => {
  let at: PayloadNode | undefined = untagged(root)
  for (const step of path) {
    if (typeof step === 'number') at = at.kind === 'list' ? at.items[step] : undefined
    else at = at.kind === 'map' ? at.members.findLast(({ name }) => name === step)?.value : undefined
    if (!at) return null
    at = untagged(at)
  }
  return at
}

/** A tag says what a value means, and is no step of a path. */
const untagged = (node: PayloadNode): PayloadNode => {
  let at = node
  while (at.kind === 'tagged') at = at.content
  return at
}

/** A value of a decoded payload as fields are tested: bytes are their hex digits. */
export const valueOfNode = (node: PayloadNode): FoundValue => {
  switch (node.kind) {
    case 'number':
      return { kind: /^-?\d/.test(node.digits) ? 'number' : 'word', text: node.digits }
    case 'constant':
      return { kind: 'word', text: String(node.value) }
    case 'text':
    case 'symbol':
      return { kind: 'text', text: node.text }
    case 'bytes':
      return { kind: 'text', text: formatHex(node.bytes).replaceAll(' ', '') }
    case 'undefined':
      return { kind: 'word', text: 'undefined' }
    default:
      if (node.kind === 'map' && node.reading !== undefined) return { kind: 'text', text: node.reading }
      return { kind: 'container', text: nodeJson(node) ?? '' }
  }
}
