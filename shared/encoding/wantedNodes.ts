import type { JsonPath, PathStep } from '#shared/json/jsonPath'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import type { ByteCursor } from './byteCursor'
import { nodeOnPath } from './nodePath'
import type { PayloadNode } from './payloadNode'

/** What is wanted of one value: itself, where it has a slot, and what is in it. */
export interface WantedNode {
  /** Whether a path ends here. */
  readonly isWanted: boolean
  /** By their keys. */
  readonly members: readonly WantedMember[]
  /** By their places in a list. */
  readonly items: ReadonlyMap<number, WantedNode>
  /** Everything in it, itself included: its slot, and the way from here. */
  readonly below: readonly { readonly slot: number; readonly way: JsonPath }[]
}

interface WantedMember {
  readonly name: string
  /** The same in UTF-8; null = no bytes are read as this text. */
  readonly utf8: Uint8Array | null
  readonly wanted: WantedNode
}

/** The nodes at some paths, gathered while a payload is read of which nothing else is made. */
export interface WantedNodes {
  readonly root: WantedNode
  /** What stands at the path of each slot; null = nothing. */
  readonly found: (PayloadNode | null)[]
  /** Of what was found there before; it may be the second of its key. */
  forget(wanted: WantedNode): void
  /** This node stands there. */
  give(wanted: WantedNode, node: PayloadNode): void
}

/** A slot for each path, in their order. */
export const createWantedNodes = (paths: readonly JsonPath[]): WantedNodes => {
  const found: (PayloadNode | null)[] = paths.map(() => null)
  return {
    root: wantedAt(paths.map((way, slot) => ({ slot, way }))),
    found,
    forget: ({ below }) => {
      for (const { slot } of below) found[slot] = null
    },
    give: ({ below }, node) => {
      for (const { slot, way } of below) found[slot] = nodeOnPath(node, way)
    },
  }
}

/** The member whose key was read there, which is UTF-8; null = it is not wanted. */
export const memberOfUtf8 = ({ members }: WantedNode, from: ByteCursor, offset: number): WantedNode | null => {
  const length = from.at() - offset
  for (const { utf8, wanted } of members) if (utf8?.length === length && from.holds(offset, utf8)) return wanted
  return null
}

export const memberNamed = ({ members }: WantedNode, name: string): WantedNode | null =>
  members.find((member) => member.name === name)?.wanted ?? null

const wantedAt = (below: WantedNode['below']): WantedNode => {
  const bySteps = new Map<PathStep, WantedNode['below'][number][]>()
  for (const { slot, way } of below) {
    const [step, ...rest] = way
    if (step !== undefined) bySteps.set(step, [...(bySteps.get(step) ?? []), { slot, way: rest }])
  }
  const members: WantedMember[] = []
  const items = new Map<number, WantedNode>()
  for (const [step, inside] of bySteps) {
    if (typeof step === 'number') items.set(step, wantedAt(inside))
    else members.push({ name: step, utf8: utf8Of(step), wanted: wantedAt(inside) })
  }
  return { isWanted: below.some(({ way }) => way.length === 0), members, items, below }
}

/** A lone surrogate stands in no UTF-8. */
const utf8Of = (text: string): Uint8Array | null => {
  const bytes = encodeUtf8(text)
  return decodeUtf8(bytes) === text ? bytes : null
}
