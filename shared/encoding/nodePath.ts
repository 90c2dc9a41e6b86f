import type { JsonPath } from '#shared/json/jsonPath'
import type { PayloadNode } from './payloadNode'

/** What stands at the path in a decoded payload; null = nothing. Of equal keys the last one counts, as in JSON. */
export const nodeOnPath = (root: PayloadNode, path: JsonPath): PayloadNode | null => {
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
