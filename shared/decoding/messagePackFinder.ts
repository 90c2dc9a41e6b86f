import type { ByteCursor } from '#shared/encoding/byteCursor'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { memberNamed, memberOfUtf8, type WantedNode, type WantedNodes } from '#shared/encoding/wantedNodes'
import type { JsonPath } from '#shared/json/jsonPath'
import type { NodeFinder } from './decoder'
import { keyName } from './keyName'
import { readObject, readObjectBehind } from './messagePackObject'
import { readWhole } from './networkOrder'
import { createNodeFinder } from './nodeFinder'

/** Finds in MessagePack exactly what stands in the nodes that are made of it. */
export const createMessagePackFinder = (paths: readonly JsonPath[]): NodeFinder =>
  createNodeFinder(paths, (from, nodes) => {
    findObject({ from, nodes }, nodes.root)
    if (!from.isAtEnd()) throw new DecodingFault('leftOver', from.at())
  })

interface Search {
  readonly from: ByteCursor
  readonly nodes: WantedNodes
}

const findObject = (search: Search, wanted: WantedNode | null): void => {
  const { from, nodes } = search
  if (wanted?.isWanted) {
    nodes.give(wanted, readObject(from))
    return
  }
  from.count()
  const offset = from.at()
  const first = from.byte()
  if (first < 0x80 || first >= 0xe0) return
  if (first < 0x90) findInMap(search, first & 0x0f, wanted)
  else if (first < 0xa0) findInArray(search, first & 0x0f, wanted)
  else if (first < 0xc0) from.skip(first & 0x1f)
  else if (first === 0xdc || first === 0xdd) findInArray(search, lengthIn(from, first - 0xdb), wanted)
  else if (first >= 0xde) findInMap(search, lengthIn(from, first - 0xdd), wanted)
  else skipLong(from, offset, first)
}

/** Of 2 or 4 bytes, by their logarithm. */
const lengthIn = (from: ByteCursor, logarithm: number): number => Number(readWhole(from, 1 << logarithm))

/** What has its length in or behind the first byte, and nothing in it. */
const skipLong = (from: ByteCursor, offset: number, first: number) => {
  if (first === 0xc1) throw new DecodingFault('badStart', offset)
  if (first <= 0xc3) return
  if (first <= 0xc6) from.skip(lengthIn(from, first - 0xc4))
  else if (first <= 0xc9) from.skip(1 + lengthIn(from, first - 0xc7))
  else if (first <= 0xcb) from.skip(4 << (first - 0xca))
  else if (first <= 0xcf) from.skip(1 << (first - 0xcc))
  else if (first <= 0xd3) from.skip(1 << (first - 0xd0))
  else if (first <= 0xd8) from.skip(1 + (1 << (first - 0xd4)))
  else from.skip(lengthIn(from, first - 0xd9))
}

const findInArray = (search: Search, count: number, wanted: WantedNode | null) =>
  search.from.deeper(() => {
    for (let place = 0; place < count; place++) findObject(search, wanted?.items.get(place) ?? null)
  })

const findInMap = (search: Search, count: number, wanted: WantedNode | null) =>
  search.from.deeper(() => {
    const hasWanted = wanted !== null && wanted.members.length > 0
    for (let index = 0; index < count; index++) {
      const member = hasWanted ? memberOf(search.from, wanted) : null
      if (member) search.nodes.forget(member)
      if (!hasWanted) findObject(search, null)
      findObject(search, member)
    }
  })

/** Which member comes. A key that is no text is named by its node. */
const memberOf = (from: ByteCursor, wanted: WantedNode): WantedNode | null => {
  from.count()
  const offset = from.at()
  const first = from.byte()
  const isShort = first >= 0xa0 && first < 0xc0
  if (!isShort) return memberNamed(wanted, keyName(readObjectBehind(from, offset, first)))
  const start = from.at()
  from.skip(first & 0x1f)
  // A text that is not UTF-8 is none that could be wanted.
  return memberOfUtf8(wanted, from, start)
}
