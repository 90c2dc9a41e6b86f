import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { logViewState } from '../../../state/logView'
import { selectionState } from '../../../state/selection'
import { openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { InspectorPane } from '../InspectorPane'

// A box of 600 px, and lines of 18.
stubLayout({ clientHeight: 600, clientWidth: 400, offsetHeight: 18 })
afterEach(cleanup)

const follow = (payload: string) => {
  const { connection, main, receive, render } = openTestWindow()
  const names = { firstTopicId: 0, newTopics: ['plant/press'], firstMatchSetId: 0, newMatchSets: [[]] }
  let sequence = 0
  const next = (text: string) =>
    act(() => {
      sequence += 1
      receive([frameOfMessages(sequence, [{ topicId: 0, payload: text }], sequence === 1 ? names : {})])
    })
  next(payload)
  connection.get(selectionState).selectTopic('plant/press')
  render(<InspectorPane />)
  const region = within(screen.getByRole('region', { name: 'Payload' }))
  const lines = () => region.getByRole('group', { name: 'Payload content' })
  return {
    next,
    region,
    lines,
    texts: () => [...lines().querySelectorAll('[data-index]')].map(({ textContent }) => textContent),
    press: (name: string) => userEvent.click(screen.getByRole('button', { name })),
    ask: (query: string) => act(() => connection.get(logViewState).changeQuery(query)),
    choose: (message: number) => act(() => connection.get(selectionState).selectMessage(message)),
    query: () => connection.get(logViewState).query,
    find: async (text: string) => {
      await openFind(lines())
      await userEvent.keyboard(text)
    },
    copied: () => main.inputsOf('clipboard.write').map(({ text }) => text),
    marks: () => [...lines().querySelectorAll('mark')].map(({ textContent }) => textContent),
  }
}

const openFind = async (lines: HTMLElement) => {
  act(() => lines.focus())
  await userEvent.keyboard('{Control>}f{/Control}')
}

describe('the payload as JSON', () => {
  it('folds as a whole and line by line, and stays so for the next message of the topic', async () => {
    const { next, press, region, texts } = follow('{"a":{"b":[1]},"c":2}')
    await press('Fold all')
    expect(texts()).toEqual(['{', '  "a": {', '  "c": 2', '}'])
    await userEvent.click(region.getAllByRole('button', { name: 'Unfold' })[0] as HTMLElement)
    expect(texts()).toEqual(['{', '  "a": {', '    "b": [', '  },', '  "c": 2', '}'])
    next('{"new":true,"a":{"b":[1,2]},"c":3}')
    expect(texts()).toEqual(['{', '  "new": true,', '  "a": {', '    "b": [', '  },', '  "c": 3', '}'])
    await press('Unfold all')
    expect(texts()).toHaveLength(10)
  })

  it('is walked by keyboard, which folds and reaches what a value offers', async () => {
    const { lines, texts, copied, query } = follow('{"a":{"b c":9007199254740993}}')
    act(() => lines().focus())
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowLeft}')
    expect(texts()).toEqual(['{', '  "a": {', '}'])
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Tab}{Enter}')
    expect(query()).toBe('$.a["b c"] = 9007199254740993')
    await userEvent.keyboard('{Tab}{Tab}{Enter}{Tab}{Enter}')
    expect(copied()).toEqual(['9007199254740993', '$.a["b c"]'])
  })
})

describe('finding in the payload', () => {
  it('marks the hits, opens what they are folded into, and goes on with the next message', async () => {
    const { next, press, region, lines, texts, marks } = follow('{"a":{"b":"find me"}}')
    await press('Fold all')
    await openFind(lines())
    await userEvent.keyboard('ME')
    expect(region.getByRole('status').textContent).toBe('1 of 1')
    expect(texts()).toContain('    "b": "find me"')
    expect(marks()).toEqual(['me'])
    next('{"a":{"b":"me, me"}}')
    expect(marks()).toEqual(['me', 'me'])
    await userEvent.keyboard('{Escape}')
    expect(marks()).toEqual([])
    expect(document.activeElement).toBe(lines())
  })

  it('says that there is nothing, and looks for the same when it is opened again', async () => {
    const { region, lines } = follow('plain text')
    await openFind(lines())
    await userEvent.keyboard('nowhere{Escape}')
    await openFind(lines())
    expect(region.getByRole('status').textContent).toBe('not found')
    await userEvent.keyboard('text')
    expect(region.getByRole('status').textContent).toBe('1 of 1')
  })
})

describe('what the query of the log has found', () => {
  it('is marked in the payload as text and in the topic, apart from what is looked for in the payload', async () => {
    const { ask, press, lines, marks, find } = follow('{"state":"running","note":"Run on"}')
    ask('plant/press run $.state = "running"')
    expect(marks()).toEqual(['"state"', 'run', 'Run'])
    expect(screen.getByRole('button', { name: 'press' }).querySelector('mark')?.textContent).toBe('press')
    await find('running')
    expect(marks()).toEqual(['"state"', 'running', 'Run'])
    expect([...lines().querySelectorAll('mark[data-of="query"]')].map(({ textContent }) => textContent)).toEqual([
      '"state"',
      'Run',
    ])
    await press('Text')
    expect(marks()).toEqual(['"state"', 'running', 'Run'])
    ask('-run')
    expect(marks()).toEqual(['running'])
  })

  it('is no part of bytes written out', async () => {
    const { ask, press, marks } = follow('7b7b')
    ask('37')
    await press('Hex')
    expect(marks()).toEqual([])
    ask('7b')
    expect(marks()).toEqual([])
    await press('Text')
    expect(marks()).toEqual(['7b7b'])
  })

  it('comes into view when a person chooses the message, and does not move what is read', async () => {
    const lineOf = (index: number) => (index === 150 ? 'wanted' : `line ${index}`)
    const { ask, choose, lines, next, texts } = follow('before')
    const long = Array.from({ length: 200 }, (_, index) => lineOf(index)).join('\n')
    ask('wanted')
    next(long)
    expect(texts()).not.toContain('wanted')
    choose(2)
    await waitFor(() => expect(texts()).toContain('wanted'))
    const top = lines().scrollTop
    ask('line 1')
    expect(lines().scrollTop).toBe(top)
    expect(texts()).toContain('wanted')
  })
})

describe('the payload as hex', () => {
  it('has as many bytes in a row as fit into the pane', async () => {
    // A hundred characters of 7 px and no room beside them, in a pane of 400 px.
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 700, 18))
    vi.spyOn(window, 'getComputedStyle').mockReturnValue(
      Object.assign(document.createElement('span').style, { paddingLeft: '0px', paddingRight: '0px' }),
    )
    const { press, texts } = follow('0123456789')
    await press('Hex')
    expect(texts()).toEqual(['00000000  30 31 32 33 34 35 36 37  01234567', '00000008  38 39                    89'])
  })
})
