import type { NodeMember, PayloadNode } from '#shared/encoding/payloadNode'
import type { JsonPath, PathStep } from '#shared/json/jsonPath'
import { withoutTags } from './nodeText'

/** From the root of a payload to one of its nodes: which child, on each level. */
export type NodeWay = readonly number[]

export const childCount = (node: PayloadNode): number => {
  const inside = withoutTags(node)
  return inside.kind === 'list' ? inside.items.length : inside.kind === 'map' ? inside.members.length : 0
}

export const childAt = (node: PayloadNode, index: number): PayloadNode | undefined => {
  const inside = withoutTags(node)
  return inside.kind === 'list' ? inside.items[index] : inside.kind === 'map' ? inside.members[index]?.value : undefined
}

/** A key of a map, or a place in a list. */
export const stepTo = (node: PayloadNode, index: number): PathStep => {
  const inside = withoutTags(node)
  return inside.kind === 'map' ? (inside.members[index]?.name ?? '') : index
}

export const nodeAt = (root: PayloadNode, way: NodeWay): PayloadNode | undefined => {
  let node: PayloadNode | undefined = root
  for (const index of way) node = node && childAt(node, index)
  return node
}

/** Which of several members of one name it is, a path does not say. */
export const pathOf = (root: PayloadNode, way: NodeWay): JsonPath => {
  const path: PathStep[] = []
  let node: PayloadNode | undefined = root
  for (const index of way) {
    if (!node) break
    path.push(stepTo(node, index))
    node = childAt(node, index)
  }
  return path
}

/**
 * The way to what stands at a path in the JSON that `nodeJson` writes, or as near as there is a node: bytes and tags are maps there.
 * Of equal names the last one counts.
 */
export const wayOnPath = (root: PayloadNode, path: JsonPath): NodeWay => {
  const way: number[] = []
  let node = root
  for (let at = 0; at < path.length; at += 1) {
    if (node.kind === 'tagged' && path[at] === '$tag') {
      at += 1
      node = node.content
      continue
    }
    const index = childOnStep(node, path[at] ?? '')
    const child = index < 0 ? undefined : childAt(node, index)
    if (!child) break
    way.push(index)
    node = child
  }
  return way
}

const childOnStep = (node: PayloadNode, step: PathStep): number => {
  if (node.kind === 'list') return typeof step === 'number' ? step : -1
  if (node.kind !== 'map' || node.reading !== undefined) return -1
  return node.members.findLastIndex(({ name }) => name === step)
}

/** Whether another member of the map has the same name. */
export const isRepeated = (node: PayloadNode, index: number): boolean => {
  const inside = withoutTags(node)
  if (inside.kind !== 'map') return false
  return repeatedNames(inside.members).has(inside.members[index]?.name ?? '')
}

const known = new WeakMap<readonly NodeMember[], ReadonlySet<string>>()

/** One look at all members of a map, once. */
const repeatedNames = (members: readonly NodeMember[]): ReadonlySet<string> => {
  const before = known.get(members)
  if (before) return before
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { name } of members) (seen.has(name) ? repeated : seen).add(name)
  known.set(members, repeated)
  return repeated
}

/** The way to the innermost node that has the byte, its key counted with a member; null = none has. */
export const wayToByte = (root: PayloadNode, offset: number): NodeWay | null => {
  if (!holds(root, offset)) return null
  const way: number[] = []
  for (let node = root; ;) {
    const index = childWith(node, offset)
    const child = childAt(node, index)
    if (!child) return way
    way.push(index)
    node = child
  }
}

const holds = ({ offset, length }: PayloadNode, at: number) => at >= offset && at < offset + length

/** The smallest, where several have the byte: a list that is sent in several parts spans what stands between them. */
const childWith = (node: PayloadNode, at: number): number => {
  const inside = withoutTags(node)
  let [found, least] = [-1, Infinity]
  for (let index = 0; index < childCount(inside); index += 1) {
    const child = childAt(inside, index)
    const key = inside.kind === 'map' ? inside.members[index]?.key : null
    if (!child || child.length >= least || !(holds(child, at) || (key && holds(key, at)))) continue
    found = index
    least = child.length
  }
  return found
}
