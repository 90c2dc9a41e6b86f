import { hexPair } from '#shared/mqtt/payloadText'
import type { PayloadNode } from './payloadNode'

/**
 * A data item in the diagnostic notation of CBOR (RFC 8949 §8): `h'00ff'`, `1(1767607620)`, `simple(99)`, `undefined`, `NaN`. The
 * node does not say whether a length was indefinite, so no `_` is written.
 */
export const cborDiagnostic = (node: PayloadNode): string => {
  switch (node.kind) {
    case 'number':
      return node.digits
    case 'constant':
      return String(node.value)
    case 'undefined':
      return 'undefined'
    case 'simple':
      return `simple(${node.code})`
    case 'text':
    case 'symbol':
      return JSON.stringify(node.text)
    case 'bytes':
    case 'extension':
      return `h'${Array.from(node.bytes, hexPair).join('')}'`
    case 'list':
      return `[${node.items.map(cborDiagnostic).join(', ')}]`
    case 'tagged':
      return `${node.tag}(${cborDiagnostic(node.content)})`
    case 'map':
      return `{${node.members.map(({ name, key, value }) => `${key ? cborDiagnostic(key) : JSON.stringify(name)}: ${cborDiagnostic(value)}`).join(', ')}}`
  }
}
