import { useEffect, useMemo, useRef, useState } from 'react'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { childAt, childCount, nodeAt, type NodeWay } from '../../../decode/tree/nodeChildren'
import { nameText } from '../../../decode/tree/findInTree'
import { closedAround, fewOpen, placeTree, withToggled, type PlacedTree } from '../../../decode/tree/placedTree'
import { useApp } from '../../../state/useApp'
import { placeAfterKey } from '../../../ui/virtualList/listKeys'
import { inspectorState } from '../inspectorState'

/** The tree of a payload: what is open, which value is chosen, and what keys do. */
export interface TreeCursor {
  readonly placed: PlacedTree
  /** In the tree that is shown; where what was chosen is not there any more, the whole. */
  readonly chosen: NodeWay
  readonly place: number
  readonly choose: (way: NodeWay) => void
  /** Chooses a node and brings it into view, out of whatever it is folded into. */
  readonly goTo: (way: NodeWay) => void
  readonly toggle: (way: NodeWay) => void
  /** Takes a key; answers whether it did. */
  readonly handleKey: (key: string, page: number) => boolean
  /** What is to come into view once it is there. */
  readonly wanted: Wanted | null
}

interface Wanted {
  readonly way: NodeWay
}

/** Siblings that `*` opens, and rows that a letter looks through. */
const mostAtOnce = 5_000

export const useTreeCursor = (root: PayloadNode, topic: string): TreeCursor => {
  const folds = useApp(inspectorState, ({ treeFolds }) => treeFolds.get(topic)) ?? fewOpen
  const foldTree = useApp(inspectorState, (state) => state.foldTree)
  const placed = useMemo(() => placeTree(root, folds), [root, folds])
  const [last, choose] = useState<NodeWay>([])
  const [wanted, want] = useState<Wanted | null>(null)
  const chosen = nodeAt(root, last) ? last : []
  const toggleAll = (ways: readonly NodeWay[]) => {
    if (ways.length > 0) foldTree(topic, withToggled(folds, ways))
  }
  const goTo = (way: NodeWay) => {
    toggleAll(closedAround(placed, way))
    choose(way)
    want({ way })
  }
  const hasChildren = (way: NodeWay) => childCount(nodeAt(root, way) ?? none) > 0
  const toggle = (way: NodeWay) => hasChildren(way) && toggleAll([way])
  /** In a closed branch, the branch. */
  const place = placed.placeOf(chosen)
  const at = placed.wayAt(place)
  const sideways: Readonly<Record<string, () => void>> = {
    ArrowRight: () => {
      if (placed.isOpen(at)) goTo([...at, 0])
      else toggle(at)
    },
    ArrowLeft: () => {
      if (placed.isOpen(at)) toggle(at)
      else if (at.length > 0) goTo(at.slice(0, -1))
    },
    Enter: () => toggle(at),
    ' ': () => toggle(at),
    '*': () => toggleAll(closedSiblings(root, placed, at)),
  }
  return {
    placed,
    chosen,
    place,
    choose,
    goTo,
    toggle,
    wanted,
    handleKey: (key, page) => {
      const next = placeAfterKey(key, { count: placed.count, place, page })
      if (next !== null) goTo(placed.wayAt(next))
      else if (sideways[key]) sideways[key]()
      else if (/^.$/su.test(key)) {
        const found = placeStartingWith(root, placed, { letter: key, place })
        if (found !== null) goTo(placed.wayAt(found))
      } else return false
      return true
    },
  }
}

/** Calls back once what is wanted is in the tree, for each time it is. */
export const useWanted = ({ wanted, placed }: TreeCursor, reveal: (place: number) => void): void => {
  const done = useRef<Wanted | null>(null)
  const latest = useRef(reveal)
  useEffect(() => {
    latest.current = reveal
  })
  useEffect(() => {
    if (wanted === null || wanted === done.current || closedAround(placed, wanted.way).length > 0) return
    done.current = wanted
    latest.current(placed.placeOf(wanted.way))
  }, [wanted, placed])
}

const none: PayloadNode = { kind: 'undefined', type: '', offset: 0, length: 0 }

const closedSiblings = (root: PayloadNode, placed: PlacedTree, way: NodeWay): readonly NodeWay[] => {
  const around = way.slice(0, -1)
  const parent = way.length === 0 ? null : nodeAt(root, around)
  if (!parent) return placed.isOpen(way) ? [] : [way]
  const ways: NodeWay[] = []
  for (let index = 0; index < Math.min(childCount(parent), mostAtOnce); index += 1) {
    const sibling = [...around, index]
    if (childCount(childAt(parent, index) ?? none) > 0 && !placed.isOpen(sibling)) ways.push(sibling)
  }
  return ways
}

/** The next row whose name starts with the letter, once around. */
const placeStartingWith = (
  root: PayloadNode,
  placed: PlacedTree,
  { letter, place }: { readonly letter: string; readonly place: number },
): number | null => {
  const wanted = letter.toLowerCase()
  for (let step = 1; step <= Math.min(placed.count, mostAtOnce); step += 1) {
    const at = (place + step) % placed.count
    const way = placed.wayAt(at)
    const parent = way.length === 0 ? null : (nodeAt(root, way.slice(0, -1)) ?? null)
    if (
      nameText(parent, way.at(-1) ?? 0)
        .toLowerCase()
        .startsWith(wanted)
    )
      return at
  }
  return null
}
