import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { formatHex } from '#shared/mqtt/payloadText'
import type { FoundValue } from './fieldTest'

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
