import type { PayloadNode } from './payloadNode'

/** Several values of a stream are read as a list of them; null = there is none. */
export const rootOf = (nodes: readonly PayloadNode[]): PayloadNode | null => {
  const [first] = nodes
  const last = nodes.at(-1)
  if (!first || !last || nodes.length === 1) return first ?? null
  const { offset } = first
  return { kind: 'list', items: nodes, type: 'stream', offset, length: last.offset + last.length - offset }
}
