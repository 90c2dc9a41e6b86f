import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonNodeReader } from '#shared/json/jsonNodeReader'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { childAt, childCount, nodeAt, pathOf, wayToByte, type NodeWay } from './nodeChildren'
import { closedAround, fewOpen, placeTree, withToggled, type TreeFolds } from './placedTree'
import type { PayloadNode } from '#shared/encoding/payloadNode'

const rootOf = (json: string): PayloadNode => {
  const reader = createJsonNodeReader(encodeUtf8(json))
  while (!reader.advance(1_000));
  const root = reader.root()
  if (!root) throw new Error('This is no JSON.')
  return root
}

const everyWay = (node: PayloadNode, way: NodeWay = []): readonly NodeWay[] => [
  way,
  ...Array.from({ length: childCount(node) }, (_, index) =>
    everyWay(childAt(node, index) ?? node, [...way, index]),
  ).flat(),
]

/** The rows that are open, found the slow way. */
const rowsOf = (node: PayloadNode, isOpen: (way: NodeWay) => boolean, way: NodeWay = []): readonly NodeWay[] => [
  way,
  ...(isOpen(way)
    ? Array.from({ length: childCount(node) }, (_, index) =>
        rowsOf(childAt(node, index) ?? node, isOpen, [...way, index]),
      ).flat()
    : []),
]

describe('the rows of a tree', () => {
  it('are those of what is open, each at its place, whatever was opened and closed', () => {
    const rules = fc.constantFrom<TreeFolds['rule']>('few', 'all', 'none')
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), rules, fc.array(fc.nat(40)), (json, rule, picks) => {
        const root = rootOf(json)
        const ways = everyWay(root)
        const toggled = picks.flatMap((pick) => ways.slice(pick % ways.length, (pick % ways.length) + 1))
        const tree = placeTree(root, withToggled({ rule, toggled: new Set() }, toggled))
        const rows = rowsOf(root, tree.isOpen)
        expect(tree.count).toBe(rows.length)
        rows.forEach((way, place) => {
          expect(tree.wayAt(place)).toEqual(way)
          expect(tree.placeOf(way)).toBe(place)
        })
      }),
    )
  })

  it('change by what is toggled, and uncover what is folded away', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(), (json, pick) => {
        const root = rootOf(json)
        const ways = everyWay(root)
        const wanted = ways[pick % ways.length] ?? []
        const closed: TreeFolds = { rule: 'none', toggled: new Set([]) }
        const tree = placeTree(root, closed)
        const opened = placeTree(root, withToggled(closed, closedAround(tree, wanted)))
        expect(opened.wayAt(opened.placeOf(wanted))).toEqual(wanted)
      }),
    )
  })

  it('are few of a large payload at first, and all of its children where there are 100,000', () => {
    const many = rootOf(`{"a":{"b":[${'{"x":1},'.repeat(99_999)}{"x":1}]}}`)
    expect(placeTree(many, fewOpen).count).toBe(3)
    const tree = placeTree(
      many,
      withToggled(fewOpen, [
        [0, 0],
        [0, 0, 99_998],
      ]),
    )
    expect([tree.count, tree.wayAt(100_001), tree.wayAt(100_002)]).toEqual([100_004, [0, 0, 99_998], [0, 0, 99_998, 0]])
  })
})

describe('the node that has a byte', () => {
  it('is the innermost one, of a member with its key', () => {
    const json = '{"a":[1,{"bc":"x"}],"d":2}'
    const root = rootOf(json)
    const pathAt = (text: string) => {
      const way = wayToByte(root, json.indexOf(text))
      return way && pathOf(root, way)
    }
    expect([pathAt('1'), pathAt('"bc'), pathAt('"x'), pathAt(':"x'), pathAt('"d"'), pathAt('{')]).toEqual([
      ['a', 0],
      ['a', 1, 'bc'],
      ['a', 1, 'bc'],
      ['a', 1],
      ['d'],
      [],
    ])
    expect(wayToByte(root, json.length)).toBeNull()
  })

  it('has the byte, and none of its children has it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, pick) => {
        const root = rootOf(json)
        const at = pick % encodeUtf8(json).length
        const node = nodeAt(root, wayToByte(root, at) ?? []) ?? root
        for (let index = 0; index < childCount(node); index += 1) {
          const child = childAt(node, index)
          expect(child && child.offset <= at && at < child.offset + child.length).toBe(false)
        }
      }),
    )
  })
})
