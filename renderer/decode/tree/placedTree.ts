import type { PayloadNode } from '#shared/encoding/payloadNode'
import { childAt, childCount, type NodeWay } from './nodeChildren'

/** What of a tree is open: by rule, but for what a person has opened and closed since. */
export interface TreeFolds {
  /** `few` = the levels from the top, as far as they are few rows. */
  readonly rule: 'few' | 'all' | 'none'
  /** The ways to what was opened or closed since, as text. */
  readonly toggled: ReadonlySet<string>
}

export const fewOpen: TreeFolds = { rule: 'few', toggled: new Set() }

/** Rows that a rule opens. A person opens as many as they like. */
const mostRows = { few: 120, all: 200_000, none: 0 } as const

/** The rows of a tree that are not folded away. Opening a node with very many children costs nothing for each of them. */
export interface PlacedTree {
  readonly count: number
  wayAt(place: number): NodeWay
  /** Of a node that is folded away, the place of what it is folded into. */
  placeOf(way: NodeWay): number
  isOpen(way: NodeWay): boolean
}

export const placeTree = (root: PayloadNode, folds: TreeFolds): PlacedTree => {
  const top = openLevels(root, folds)
  return {
    count: top === null ? 1 : 1 + top.size,
    wayAt: (place) => {
      const way: number[] = []
      let level = top
      let left = place - 1
      while (level !== null && left >= 0) {
        const at = lastBefore(level, left)
        const open = level.open[at]
        const before: number = open === undefined ? 0 : left - open.index - (level.sums[at] ?? 0)
        if (!open) way.push(left)
        else if (before > open.level.size) way.push(open.index + before - open.level.size)
        else way.push(open.index)
        level = open && before > 0 && before <= open.level.size ? open.level : null
        left = before - 1
      }
      return way
    },
    placeOf: (way) => {
      let place = 0
      let level = top
      for (const index of way) {
        if (level === null) break
        const at = levelBefore(level, index)
        place += 1 + index + (level.sums[at] ?? level.size - level.children)
        const open: OpenChild | undefined = level.open[at]
        level = open?.index === index ? open.level : null
      }
      return place
    },
    isOpen: (way) => levelOf(top, way) !== null,
  }
}

/** What `folds` become where these are opened if they are closed, and the other way round. */
export const withToggled = ({ rule, toggled }: TreeFolds, ways: readonly NodeWay[]): TreeFolds => {
  const changed = new Set(toggled)
  for (const way of ways) {
    const text = way.join('.')
    if (!changed.delete(text)) changed.add(text)
  }
  return { rule, toggled: changed }
}

/** What is around the node and closed, from the outermost on; opened, the node is in the tree. */
export const closedAround = (tree: PlacedTree, way: NodeWay): readonly NodeWay[] =>
  way.map((_, depth) => way.slice(0, depth)).filter((around) => !tree.isOpen(around))

/** A node that is open: its children, and which of them are open. */
interface Level {
  readonly node: PayloadNode
  /** The way to it, as text. */
  readonly text: string
  readonly children: number
  readonly open: readonly OpenChild[]
  /** By open child: the rows that those before it have below them. */
  readonly sums: readonly number[]
  /** Rows below it. */
  readonly size: number
}

interface OpenChild {
  readonly index: number
  readonly level: Level
}

interface Draft {
  readonly node: PayloadNode
  readonly text: string
  /** Open by the rule, whatever a person has toggled: what they open or close changes nothing elsewhere. */
  readonly isByRule: boolean
  readonly isOpen: boolean
  readonly open: { readonly index: number; readonly draft: Draft }[]
}

/** Level by level, so that what a rule opens is what stands near the top. */
const openLevels = (root: PayloadNode, { rule, toggled }: TreeFolds): Level | null => {
  if (childCount(root) === 0) return null
  const byParent = togglesByParent(toggled)
  const top: Draft = { node: root, text: '', isByRule: true, isOpen: !toggled.has(''), open: [] }
  const drafts = [top]
  let rows = childCount(root)
  for (const draft of drafts) {
    const chosen = byParent.get(draft.text) ?? none
    const byRule = new Set<number>()
    for (let index = 0; draft.isByRule && rows < mostRows[rule] && index < childCount(draft.node); index += 1) {
      const count = childCount(childAt(draft.node, index) ?? root)
      if (count === 0 || rows + count > mostRows[rule]) continue
      rows += count
      byRule.add(index)
    }
    for (const index of [...new Set([...byRule, ...chosen])].toSorted((one, other) => one - other)) {
      const node = childAt(draft.node, index)
      if (!node || childCount(node) === 0) continue
      const isByRule = byRule.has(index)
      const isOpen = isByRule !== chosen.has(index)
      const text = draft.text === '' ? `${index}` : `${draft.text}.${index}`
      const child: Draft = { node, text, isByRule, isOpen, open: [] }
      if (isOpen) draft.open.push({ index, draft: child })
      drafts.push(child)
    }
  }
  const levels = new Map<Draft, Level>()
  for (const draft of drafts.toReversed()) levels.set(draft, levelFrom(draft, levels))
  return top.isOpen ? (levels.get(top) ?? null) : null
}

const none: ReadonlySet<number> = new Set()

const togglesByParent = (toggled: ReadonlySet<string>): ReadonlyMap<string, Set<number>> => {
  const byParent = new Map<string, Set<number>>()
  for (const text of toggled) {
    if (text === '') continue
    const dot = text.lastIndexOf('.')
    const parent = dot < 0 ? '' : text.slice(0, dot)
    const indexes = byParent.get(parent) ?? new Set()
    indexes.add(Number(text.slice(dot + 1)))
    byParent.set(parent, indexes)
  }
  return byParent
}

const levelFrom = ({ node, text, open }: Draft, levels: ReadonlyMap<Draft, Level>): Level => {
  const children = childCount(node)
  const sums: number[] = []
  const opened: OpenChild[] = []
  let below = 0
  for (const { index, draft } of open) {
    const level = levels.get(draft)
    if (!level) continue
    sums.push(below)
    opened.push({ index, level })
    below += level.size
  }
  return { node, text, children, open: opened, sums, size: children + below }
}

/** The last open child whose row is at `row` of its level or before it; -1 = none. */
const lastBefore = ({ open, sums }: Level, row: number): number => {
  let [from, to] = [-1, open.length - 1]
  while (from < to) {
    const middle = Math.ceil((from + to) / 2)
    if ((open[middle]?.index ?? 0) + (sums[middle] ?? 0) <= row) from = middle
    else to = middle - 1
  }
  return from
}

/** The first open child that is the one at the index or stands behind it. */
const levelBefore = ({ open }: Level, index: number): number => {
  let [from, to] = [0, open.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((open[middle]?.index ?? 0) < index) from = middle + 1
    else to = middle
  }
  return from
}

const levelOf = (top: Level | null, way: NodeWay): Level | null => {
  let level = top
  for (const index of way) {
    if (level === null) return null
    const child: OpenChild | undefined = level.open[levelBefore(level, index)]
    level = child?.index === index ? child.level : null
  }
  return level
}
