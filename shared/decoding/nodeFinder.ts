import { createByteCursor, type ByteCursor } from '#shared/encoding/byteCursor'
import { rootOf } from '#shared/encoding/decodedRoot'
import { DecodingFault, type DecodedPayload } from '#shared/encoding/decodingFault'
import { createWantedNodes, type WantedNodes } from '#shared/encoding/wantedNodes'
import type { JsonPath } from '#shared/json/jsonPath'
import type { NodeFinder } from './decoder'

/** `read` gives the nodes that are wanted, and throws a `DecodingFault` where the payload cannot be decoded. */
export const createNodeFinder = (
  paths: readonly JsonPath[],
  read: (from: ByteCursor, nodes: WantedNodes, bytes: Uint8Array) => void,
): NodeFinder => {
  const nodes = createWantedNodes(paths)
  const from = createByteCursor(new Uint8Array())
  return {
    found: nodes.found,
    read: (bytes) => {
      nodes.forget(nodes.root)
      try {
        from.begin(bytes)
        read(from, nodes, bytes)
        return true
      } catch (error) {
        if (!(error instanceof DecodingFault)) throw error
        nodes.forget(nodes.root)
        return false
      }
    },
  }
}

/** Decodes each payload as a whole, and looks in its nodes. */
export const createDecodingFinder = (
  paths: readonly JsonPath[],
  decode: (bytes: Uint8Array) => DecodedPayload,
): NodeFinder => {
  const { root, found, forget, give } = createWantedNodes(paths)
  return {
    found,
    read: (bytes) => {
      forget(root)
      const decoded = decode(bytes)
      const node = decoded.ok ? rootOf(decoded.nodes) : null
      if (node) give(root, node)
      return node !== null
    },
  }
}
