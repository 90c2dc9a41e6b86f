import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { chartsState } from '../../../state/charts'
import { logViewState } from '../../../state/logView'
import { selectionState } from '../../../state/selection'
import { openTestWindow } from '../../../testing/testWindow'
import { startEditScopes } from '../../../ui/editScopes'
import { stubLayout } from '../../../ui/layoutTesting'
import { InspectorPane } from '../InspectorPane'

stubLayout({ clientHeight: 600, clientWidth: 400, offsetHeight: 18 })
afterEach(cleanup)

const openTree = async (payload: string | Uint8Array, decoder?: string) => {
  const rule = { id: 'r', connectionId: null, filter: '#', decoder }
  const { connection, main, receive, render } = openTestWindow({ snapshot: { payloadRules: decoder ? [rule] : [] } })
  const names = { firstTopicId: 0, newTopics: ['plant/press'], firstMatchSetId: 0, newMatchSets: [[]] }
  act(() => receive([frameOfMessages(1, [{ topicId: 0, payload }], names)]))
  connection.get(selectionState).selectTopic('plant/press')
  render(<InspectorPane />)
  await userEvent.click(screen.getByRole('button', { name: 'Tree' }))
  const tree = await screen.findByRole('tree', { name: 'Values of the payload' })
  return {
    tree,
    rows: () =>
      within(tree)
        .getAllByRole('treeitem')
        .map((row) => row.getAttribute('aria-label')),
    chosen: () => within(tree).getByRole('treeitem', { selected: true }).getAttribute('aria-label'),
    details: () => screen.getByRole('region', { name: 'Chosen value' }).textContent,
    type: async (keys: string) => {
      act(() => tree.focus())
      await userEvent.keyboard(keys)
    },
    copied: () => main.inputsOf('clipboard.write').map(({ text }) => text),
    query: () => connection.get(logViewState).query,
    charts: () => connection.get(chartsState).charts,
    marked: () =>
      [...document.querySelectorAll('mark[data-of="value"]')].map(({ textContent }) => textContent).join('|'),
    caret: () => [...document.querySelectorAll('mark[data-of="caret"]')].map(({ textContent }) => textContent),
  }
}

describe('a decoded payload as a tree', () => {
  const cbor = [0xa2, 0x61, 0x74, 0x18, 0x2a, 0x61, 0x62, 0x41, 0x07]

  it('has the values that its rule decodes, with their bytes', async () => {
    const { rows, type, marked } = await openTree(Uint8Array.from(cbor), 'cbor')
    expect(rows()).toEqual(['whole payload: 2 values', 't: 42', "b: h'07'"])
    await userEvent.click(screen.getByRole('button', { name: 'Bytes' }))
    await type('{ArrowDown}')
    expect(marked()).toContain('18 2a')
  })

  it('offers a chart beside the chosen value', async () => {
    const { tree, type, charts } = await openTree(Uint8Array.from(cbor), 'cbor')
    expect(within(tree).queryByRole('button', { name: 'Chart this' })).toBeNull()
    await type('{ArrowDown}')
    await userEvent.click(within(tree).getByRole('button', { name: 'Chart this' }))
    expect(charts()).toMatchObject([{ series: [{ topic: 'plant/press', path: ['t'] }] }])
  })

  it('counts places in what was unpacked, and has the values of a stream as a list', async () => {
    const stream = new TextEncoder().encode(Buffer.from([...cbor.slice(0, 5).with(0, 0xa1), 0x07]).toString('hex'))
    const { rows, type, marked } = await openTree(stream, 'hex+cbor')
    expect(rows()).toEqual(['whole payload: 2 values', '[0]: 1 value', 't: 42', '[1]: 7'])
    await userEvent.click(screen.getByRole('button', { name: 'Bytes' }))
    expect(screen.getByText(/unpacked/)).toBeDefined()
    await type('{End}')
    expect(marked()).toContain('07')
  })
})

describe('the payload as a tree', () => {
  it('has every value as it was sent, and says which key stands twice', async () => {
    const { rows, tree } = await openTree('{"a":9007199254740993,"b":[true,null],"a":1.50}')
    expect(rows()).toEqual([
      'whole payload: 3 values',
      'a: 9007199254740993',
      'b: 2 values',
      '[0]: true',
      '[1]: null',
      'a: 1.50',
    ])
    const twice = within(tree)
      .getAllByRole('treeitem')
      .map((row) => row.getAttribute('aria-description'))
    expect(twice[1]).toBe('number; This key stands more than once here')
    expect(twice[2]).toBe('array')
  })

  it('is walked, folded and searched by keys', async () => {
    const { rows, type, chosen } = await openTree('{"alpha":{"x":{"y":1}},"beta":{"z":2}}')
    await type('{ArrowDown}{ArrowLeft}')
    expect([chosen(), rows()]).toEqual([
      'alpha: 1 value',
      ['whole payload: 2 values', 'alpha: 1 value', 'beta: 1 value', 'z: 2'],
    ])
    await type('{ArrowRight}{ArrowRight}')
    expect(chosen()).toBe('x: 1 value')
    await type('{ArrowLeft}{ArrowLeft}')
    expect(chosen()).toBe('alpha: 1 value')
    await type('b')
    expect(chosen()).toBe('beta: 1 value')
    await type('{ArrowLeft}*{End}')
    expect(chosen()).toBe('z: 2')
    await type('{Home}{ArrowLeft}')
    expect(rows()).toEqual(['whole payload: 2 values'])
  })

  it('shows all of a long value below, and copies it', async () => {
    const long = 'x'.repeat(5_000)
    const { tree, type, details, copied } = await openTree(`{"long":"${long}"}`)
    await type('{ArrowDown}')
    expect(within(tree).getByRole('treeitem', { selected: true }).textContent).not.toContain(long)
    expect(details()).toContain(long)
    expect(details()).toContain('$.longstringbytes 8–5009 (5,002)')
    const stop = startEditScopes(document)
    fireEvent.copy(tree)
    stop()
    expect(copied()).toEqual([long])
  })

  it('opens what a hit is folded into', async () => {
    const { rows, type, chosen, tree } = await openTree('{"a":{"b":{"c":"find me"}}}')
    await userEvent.click(screen.getByRole('button', { name: 'Fold all' }))
    expect(rows()).toEqual(['whole payload: 1 value', 'a: 1 value'])
    await type('{Control>}f{/Control}')
    await userEvent.keyboard('ME')
    expect(chosen()).toBe('c: "find me"')
    expect([...tree.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['me'])
    await userEvent.keyboard('{Escape}')
    expect(document.activeElement).toBe(tree)
  })

  it('offers what can be done with a value', async () => {
    const { tree, query } = await openTree('{"a":{"b c":1.50}}')
    await userEvent.pointer({
      keys: '[MouseRight]',
      target: within(tree).getByRole('treeitem', { name: 'b c: 1.50' }),
    })
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Filter by this' }))
    expect(query()).toBe('$.a["b c"] = 1.50')
  })

  it('marks the bytes of the chosen value, and chooses the value of a byte', async () => {
    const { type, chosen, marked, caret } = await openTree('{"a":[1,22]}')
    await userEvent.click(screen.getByRole('button', { name: 'Bytes' }))
    await type('{End}')
    expect([chosen(), marked()]).toEqual(['[1]: 22', '32 32|22'])
    const bytes = within(screen.getByRole('region', { name: 'Bytes of the payload' }))
    act(() => bytes.getByRole('group', { name: 'Payload content' }).focus())
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}')
    expect([chosen(), caret()]).toEqual(['a: 2 values', ['61', 'a']])
    expect(screen.getByRole('region', { name: 'The bytes at 0x2 (2) as' }).textContent).toContain('uint897')
  })

  it('is not there for what is no JSON, which is shown as text with the reason', async () => {
    const { connection, receive, render } = openTestWindow()
    const names = { firstTopicId: 0, newTopics: ['plant/press'], firstMatchSetId: 0, newMatchSets: [[]] }
    act(() => receive([frameOfMessages(1, [{ topicId: 0, payload: '{"a":' }], names)]))
    connection.get(selectionState).selectTopic('plant/press')
    render(<InspectorPane />)
    await userEvent.click(screen.getByRole('button', { name: 'Tree' }))
    expect(screen.queryByRole('tree')).toBeNull()
    expect(screen.getByText(/Not valid JSON at line 1, column 6/)).toBeTruthy()
  })

  it('scrolls 100,000 children, of which only those in view exist', async () => {
    const { rows, type, chosen } = await openTree(`[${'1,'.repeat(99_999)}2]`)
    await type('{End}')
    expect(chosen()).toBe('[99999]: 2')
    expect(rows().length).toBeLessThan(60)
  })
})
