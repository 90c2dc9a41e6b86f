import type { PayloadNode } from '#shared/encoding/payloadNode'
import { createHits, type Finder, type FindQuery } from '../find/finder'
import { patternOf } from '../find/findInLines'
import { childAt, childCount, stepTo, type NodeWay } from './nodeChildren'
import { rowText } from './nodeText'

/** Nodes looked through before the clock is read again. */
const nodesPerLook = 128

/** What stands between a name and its value where both are one text to look in. */
export const betweenNameAndValue = ': '

/** The name of a member or the place in a list; '' = it is the whole. */
export const nameText = (parent: PayloadNode | null, index: number): string => {
  if (!parent) return ''
  const step = stepTo(parent, index)
  return typeof step === 'number' ? `[${step}]` : step
}

/** Finds a text in names and values of a tree, those that are folded away too, in their order. */
export const findInTree = (root: PayloadNode, query: FindQuery): Finder => {
  const hits = createHits()
  const pattern = patternOf(query)
  const ways: NodeWay[] = []
  const lines = new Map<PayloadNode, number>()
  /** From the root to what is looked through next: nodes, and which child comes next of each. */
  const nodes: PayloadNode[] = [root]
  const way: number[] = []
  let next = 0
  let isDone = query.text === ''

  const lookAt = (node: PayloadNode, name: string) => {
    const text = name + betweenNameAndValue + rowText(node)
    pattern.lastIndex = 0
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      if (!lines.has(node)) {
        lines.set(node, ways.length)
        ways.push([...way])
      }
      hits.add([{ line: ways.length - 1, from: found.index, to: pattern.lastIndex }])
    }
  }
  /** To the next node in the order of the rows; answers whether there is one. */
  const step = (): boolean => {
    for (let parent = nodes.at(-1); parent; parent = nodes.at(-1)) {
      const child = next < childCount(parent) ? childAt(parent, next) : undefined
      if (child) {
        way.push(next)
        lookAt(child, nameText(parent, next))
        nodes.push(child)
        next = 0
        return true
      }
      nodes.pop()
      next = (way.pop() ?? 0) + 1
    }
    return false
  }
  if (!isDone) lookAt(root, '')
  return {
    ...hits,
    inTree: { wayOf: (line) => ways[line] ?? [], lineOf: (node) => lines.get(node) ?? -1 },
    advance: (milliseconds) => {
      const until = performance.now() + milliseconds
      while (!isDone && performance.now() < until)
        for (let count = 0; count < nodesPerLook && !isDone; count += 1) isDone = !step() || hits.isCut()
      return isDone
    },
  }
}
