import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { contentIn } from '../payloadViewTesting'
import { nodeAt } from '../tree/nodeChildren'
import { treeView } from './treeView'

describe('the tree of a payload', () => {
  it('has the bytes of each value, also behind a byte order mark and before NULs', () => {
    const bytes = encodeUtf8('\ufeff{"é":[1,"x"]}\0\0')
    const { tree } = contentIn(treeView, bytes)
    const node = tree && nodeAt(tree.root, [0, 1])
    expect(node && new TextDecoder().decode(tree.bytes.subarray(node.offset, node.offset + node.length))).toBe('"x"')
  })

  it('takes several slices for much, is pending meanwhile, and then whole', () => {
    const bytes = encodeUtf8(`[${'{"a":1},'.repeat(100_000)}2]`)
    const opened = treeView.open({ bytes, isCut: false, payloadBytes: bytes.length })
    expect(opened.content().isPending).toBe(true)
    while (opened.advance?.(5) === false);
    const { tree } = opened.content()
    expect(tree?.root.kind === 'list' && tree.root.items.length).toBe(100_001)
  })

  it('needs all of the payload, and leaves what is too large or no JSON to text, saying so', () => {
    const head = encodeUtf8('{"a":')
    const cut = treeView.open({ bytes: head, isCut: true, payloadBytes: 2_000_000 }).content()
    expect([cut.tree, cut.notes]).toEqual([undefined, [{ key: 'tree.needsAll' }]])
    const large = treeView.open({ bytes: head, isCut: true, payloadBytes: 100_000_000 }).content()
    expect(large.notes).toEqual([{ key: 'tree.tooLarge' }])
    expect(contentIn(treeView, '{"a":').notes).toMatchObject([{ key: 'notJson' }])
    expect(contentIn(treeView, '['.repeat(501) + ']'.repeat(501)).notes).toEqual([{ key: 'tree.none' }])
  })

  it('finds in names and values, in the order of the rows', () => {
    const content = contentIn(treeView, '{"ab":{"c":"xAB"},"n":1,"l":["ab"]}')
    const finder = content.find({ text: 'ab', matchCase: false })
    while (!finder.advance(5));
    const ways = Array.from({ length: finder.count() }, (_, hit) => finder.inTree?.wayOf(finder.lineOf(hit)))
    expect(ways).toEqual([[0], [0, 0], [2, 0]])
  })
})
