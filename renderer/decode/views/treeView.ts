import { wholePayloadBytes } from '#shared/model/frame'
import { nodeJson } from '#shared/encoding/nodeJson'
import { createJsonNodeReader, type JsonNodeReader } from '#shared/json/jsonNodeReader'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { openLargeText } from '../largeText'
import {
  openedAtOnce,
  type OpenedPayload,
  type PayloadContent,
  type PayloadNote,
  type PayloadView,
  type ShownTree,
} from '../payloadView'
import { longestLine } from '../textLines'
import { notesOnUtf8 } from '../textContent'
import { findInTree } from '../tree/findInTree'
import { jsonView } from './jsonView'

/** The nodes of a text take many times its bytes. */
const mostBytes = 16 * 2 ** 20

const tooLarge: PayloadNote = { key: 'tree.tooLarge' }
const needsAll: PayloadNote = { key: 'tree.needsAll' }

/** The values of JSON as a tree, each with its bytes. What is no JSON is shown as text, and why; nothing is shown so unasked. */
export const treeView: PayloadView<'tree'> = {
  id: 'tree',
  isFor: () => false,
  priority: -1,
  fileExtension: 'json',
  open: (payload) => {
    const { bytes, isCut, payloadBytes } = payload
    if (payloadBytes > mostBytes) return openLargeText(payload, [tooLarge])
    if (isCut) return openLargeText(payload, [needsAll])
    return openTree(bytes)
  },
}

/** A tree of nodes as the content of a view, whatever they were decoded from; `text` is all of it, for copying. */
export const treeContent = (
  tree: ShownTree,
  text: () => string,
  notes: readonly PayloadNote[] = [],
): PayloadContent => ({
  ...withoutLines,
  notes,
  tree,
  find: (query) => findInTree(tree.root, query),
  copyText: text,
  comparedText: () => nodeJson(tree.root) ?? text(),
})

/** The values that something else decoded, instead of those of JSON; null = it is still at it. `text` as for `treeContent`. */
export const decodedTreeView = (tree: ShownTree | null, text: () => string): PayloadView<'tree'> => ({
  ...treeView,
  open: () => openedAtOnce(tree ? treeContent(tree, text) : pendingContent),
})

const withoutLines: Omit<PayloadContent, 'find' | 'copyText' | 'comparedText'> = {
  lines: { count: 0, at: () => ({ text: '', continues: false }) },
  notes: [],
  tokensOf: null,
  outline: null,
  isText: false,
  fixed: true,
  cutAfter: longestLine,
}

const pendingContent: PayloadContent = {
  ...withoutLines,
  isPending: true,
  find: () => findInTree({ kind: 'undefined', type: '', offset: 0, length: 0 }, { text: '', matchCase: false }),
  copyText: () => '',
  comparedText: () => '',
}

/** What takes one slice is there with the first frame. */
const firstSlice = 4
/** Values read before the clock is looked at again. */
const valuesPerLook = 256

const readFor = (reader: JsonNodeReader, milliseconds: number): boolean => {
  const until = performance.now() + milliseconds
  while (performance.now() < until) if (reader.advance(valuesPerLook)) return true
  return reader.advance(0)
}

const openTree = (bytes: Uint8Array): OpenedPayload => {
  const { start, end } = jsonRange(bytes)
  const reader = createJsonNodeReader(bytes, start, end)
  const finished = (): OpenedPayload => {
    const root = reader.root()
    if (root === null) return notJson(bytes)
    const text = () => decodeUtf8(bytes)
    return openedAtOnce(treeContent({ root, bytes, isUnpacked: false }, text, notesOnUtf8(isUtf8(bytes))))
  }
  if (readFor(reader, firstSlice)) return finished()
  let opened: OpenedPayload | null = null
  return {
    content: () => opened?.content() ?? pendingContent,
    advance: (milliseconds) => {
      if (opened === null && readFor(reader, milliseconds)) opened = finished()
      return opened !== null && (opened.advance?.(milliseconds) ?? true)
    },
  }
}

/** As the JSON view shows it: with the place that is to blame. Large texts are not laid out for that. */
const notJson = (bytes: Uint8Array): OpenedPayload => {
  const shown = { bytes, isCut: false, payloadBytes: bytes.length }
  return bytes.length > wholePayloadBytes
    ? openLargeText(shown, [{ key: 'tree.none' }])
    : withNote(jsonView.open(shown))
}

/** JSON that the tree gave up on is sound, and deeper or more than it shows. */
const withNote = (opened: OpenedPayload): OpenedPayload => {
  const content = opened.content()
  return content.outline ? openedAtOnce({ ...content, notes: [...content.notes, { key: 'tree.none' }] }) : opened
}

/** Without a byte order mark in front, and without NULs behind: see `jsonView`. */
const jsonRange = (bytes: Uint8Array): { readonly start: number; readonly end: number } => {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const nul = bytes.indexOf(0)
  return { start, end: nul < 0 ? bytes.length : nul }
}
