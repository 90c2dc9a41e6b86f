import { describe, expect, it } from 'vitest'
import { createRoot, ensureNode, type IndexNode } from '../../../model/topicIndex/topicIndexNode'
import { rowStartingWith, treeCommand, type TreePlace } from './treeKeys'

/** Rows of the topics in the order given, `open` where they have the next row below them. */
const placeAt = (active: string, topics: readonly string[], closed: readonly string[] = []): TreePlace => {
  const root = createRoot()
  const nodes = topics.map((topic) => ensureNode(root, topic, () => undefined))
  nodes.forEach((node: IndexNode, row) => {
    node.row = row
    node.open = node.children.length > 0 && !closed.includes(node.topic)
  })
  return { rows: nodes, active: topics.indexOf(active), pageRows: 2 }
}
const topics = ['a', 'a/b', 'a/b/c', 'd', 'delta']
const press = (key: string, place: TreePlace, shift = false) => treeCommand({ key, shift, modified: false }, place)

describe('treeCommand', () => {
  it.each([
    ['ArrowDown', 'a', 1],
    ['ArrowUp', 'a', 0],
    ['PageDown', 'a', 2],
    ['PageUp', 'd', 1],
    ['End', 'a', 4],
    ['Home', 'd', 0],
    ['ArrowRight', 'a', 1],
    ['ArrowLeft', 'a/b/c', 1],
  ])('%s on %s goes to row %i', (key, active, row) => {
    expect(press(key, placeAt(active, topics))).toEqual({ kind: 'move', row })
  })

  it('opens a closed branch first, and closes an open one', () => {
    const closed = placeAt('a', ['a', 'a/b'], ['a'])
    expect(press('ArrowRight', closed)).toMatchObject({ kind: 'open', nodes: [{ topic: 'a' }] })
    expect(press('ArrowLeft', placeAt('a', topics))).toMatchObject({ kind: 'close', nodes: [{ topic: 'a' }] })
  })

  it('does everything below with Shift and all siblings with *', () => {
    expect(press('ArrowRight', placeAt('a', topics), true)).toMatchObject({ kind: 'openBelow', node: { topic: 'a' } })
    expect(press('ArrowLeft', placeAt('a', topics), true)).toMatchObject({ kind: 'closeBelow' })
    expect(press('*', placeAt('d', topics))).toMatchObject({ kind: 'open', nodes: [{ topic: 'a' }] })
  })

  it('selects with Enter and Space, types with letters of any language, leaves shortcuts alone', () => {
    const place = placeAt('d', topics)
    expect(press('Enter', place)).toMatchObject({ kind: 'select', node: { topic: 'd' } })
    expect(press(' ', place)).toMatchObject({ kind: 'select' })
    expect(press('溫', place)).toEqual({ kind: 'type', letter: '溫' })
    expect(press('F9', place)).toBeNull()
    expect(press('Tab', place)).toBeNull()
    expect(treeCommand({ key: 'a', shift: false, modified: true }, place)).toBeNull()
  })

  it.each([
    ['ArrowDown', 1],
    ['End', 4],
    ['PageDown', 2],
    ['Home', 0],
  ])('marks up to where %s goes with Shift', (key, row) => {
    expect(press(key, placeAt('a', topics), true)).toEqual({ kind: 'markTo', row })
  })

  it('marks the row of the cursor with Control or Command and Space, or Insert', () => {
    const place = placeAt('d', topics)
    const mark = { kind: 'toggleMark', node: { topic: 'd' } }
    expect(treeCommand({ key: ' ', shift: false, command: true, modified: true }, place)).toMatchObject(mark)
    expect(press('Insert', place)).toMatchObject(mark)
    expect(press('Insert', place, true)).toBeNull()
    expect(press('Insert', { ...place, active: -1 })).toBeNull()
  })

  it('marks up to the cursor with Shift and Space, and all rows with Control or Command and A', () => {
    const place = placeAt('d', topics)
    expect(press(' ', place, true)).toEqual({ kind: 'markFromLast' })
    expect(press(' ', { ...place, active: -1 }, true)).toBeNull()
    for (const key of ['a', 'A'])
      expect(treeCommand({ key, shift: false, command: true, modified: true }, place)).toEqual({ kind: 'markAll' })
  })

  it('knows no other shortcuts with Control or Command', () => {
    const place = placeAt('d', topics)
    const withCommand = (key: string, shift = false) =>
      treeCommand({ key, shift, command: true, modified: true }, place)
    for (const pressed of [withCommand(' ', true), withCommand('a', true), withCommand('ArrowDown', true)])
      expect(pressed).toBeNull()
    for (const key of ['Escape', 'Insert', 'Enter']) expect(withCommand(key)).toBeNull()
    for (const key of [' ', 'a']) expect(treeCommand({ key, shift: false, modified: true }, place)).toBeNull()
  })

  it('jumps to the next row that starts with the letters, once around', () => {
    expect(rowStartingWith('d', placeAt('d', topics))).toBe(4)
    expect(rowStartingWith('d', placeAt('delta', topics))).toBe(3)
    expect(rowStartingWith('de', placeAt('d', topics))).toBe(4)
    expect(rowStartingWith('x', placeAt('d', topics))).toBeNull()
  })
})
