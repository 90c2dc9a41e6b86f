import { createByteCursor, type ByteCursor } from '#shared/encoding/byteCursor'
import { rootOf } from '#shared/encoding/decodedRoot'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { memberNamed, memberOfUtf8, type WantedNode, type WantedNodes } from '#shared/encoding/wantedNodes'
import type { JsonPath } from '#shared/json/jsonPath'
import { indefinite, readArgument, readBehind, readChunks, readEach, readHead, readItems, type Head } from './cborItem'
import type { NodeFinder } from './decoder'
import { keyName } from './keyName'
import { createNodeFinder } from './nodeFinder'

/** Finds in CBOR exactly what stands in the nodes that are made of it. */
export const createCborFinder = (paths: readonly JsonPath[]): NodeFinder =>
  createNodeFinder(paths, (from, nodes, bytes) => {
    findBehind({ from, nodes }, readHead(from), nodes.root)
    if (!from.isAtEnd()) findInSequence(bytes, nodes)
  })

/** The paths lead into a list of its items, which was not known before the first one ended. */
const findInSequence = (bytes: Uint8Array, { root, forget, give }: WantedNodes) => {
  forget(root)
  const node = rootOf(readItems(createByteCursor(bytes)))
  if (node) give(root, node)
}

interface Search {
  readonly from: ByteCursor
  readonly nodes: WantedNodes
}

const findBehind = (search: Search, head: Head, wanted: WantedNode | null): void => {
  const { from, nodes } = search
  if (wanted?.isWanted) {
    nodes.give(wanted, readBehind(from, head))
    return
  }
  from.count()
  const { major } = head
  if (major === 7) skipSimple(from, head)
  else if (major === 2 || major === 3) skipString(from, head)
  else if (major === 4) {
    let place = 0
    readEach(from, head, (item) => {
      findBehind(search, item, wanted?.items.get(place) ?? null)
      place += 1
    })
  } else if (major === 5) readEach(from, head, (key) => findMember(search, key, wanted))
  else {
    readArgument(from, head)
    // What is behind a tag stands in the place of the tag.
    if (major === 6) from.deeper(() => findBehind(search, readHead(from), wanted))
  }
}

const findMember = (search: Search, key: Head, wanted: WantedNode | null) => {
  const { from, nodes } = search
  const member = wanted && wanted.members.length > 0 ? memberOf(from, key, wanted) : null
  if (member) nodes.forget(member)
  else if (!wanted || wanted.members.length === 0) findBehind(search, key, null)
  findBehind(search, readHead(from), member)
}

/** Which member comes. A key that is no text, or one in chunks, is named by its node. */
const memberOf = (from: ByteCursor, key: Head, wanted: WantedNode): WantedNode | null => {
  if (key.major !== 3 || key.info === indefinite) return memberNamed(wanted, keyName(readBehind(from, key)))
  from.count()
  const length = readArgument(from, key)
  const start = from.at()
  from.skipText(length)
  return memberOfUtf8(wanted, from, start)
}

const skipString = (from: ByteCursor, head: Head) => {
  if (head.info === indefinite) readChunks(from, head)
  else if (head.major === 3) from.skipText(readArgument(from, head))
  else from.skip(readArgument(from, head))
}

const skipSimple = (from: ByteCursor, { offset, info }: Head) => {
  if (info === 24) {
    if (from.byte() < 32) throw new DecodingFault('badStart', offset)
  } else if (info > 27) throw new DecodingFault('badStart', offset)
  else if (info > 24) from.skip(1 << (info - 24))
}
