import { act, cleanup, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { comparisonState } from '../../../state/comparison'
import { selectionState } from '../../../state/selection'
import { openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { InspectorPane } from '../InspectorPane'

stubLayout({ clientHeight: 600, clientWidth: 400, offsetHeight: 24 })
afterEach(cleanup)

const names = { firstTopicId: 0, newTopics: ['plant/1'], firstMatchSetId: 0, newMatchSets: [[]] }
/** CBOR: {"t": value}. */
const cbor = (value: number) => Uint8Array.of(0xa1, 0x61, 0x74, 0x18, value)

const openHistory = async (payloads: readonly (Uint8Array | string)[]) => {
  const rule = { id: 'r', connectionId: null, filter: 'plant/#', decoder: 'cbor' }
  const opened = openTestWindow({ snapshot: { payloadRules: [rule] } })
  opened.receive([
    frameOfMessages(
      1,
      payloads.map((payload) => ({ topicId: 0, payload })),
      names,
    ),
  ])
  act(() => opened.connection.get(selectionState).selectTopic('plant/1'))
  opened.render(<InspectorPane />)
  await userEvent.click(screen.getByRole('button', { name: /^History/ }))
  const list = screen.getByRole('listbox', { name: 'Messages of this topic' })
  return { ...opened, list, textOf: (place: number) => screen.getAllByRole('option')[place]?.textContent }
}

it('says what a rule decodes, what of it changed, and what it cannot decode', async () => {
  const { textOf } = await openHistory([cbor(30), cbor(31), cbor(31).slice(0, 3)])
  expect(await screen.findAllByTitle('Decoded as cbor by the rule plant/#')).toHaveLength(2)
  expect(textOf(0)).toContain('{"t":30}')
  expect(textOf(1)).toContain('{"t":31}$.t 30 → 31')
  expect(textOf(2)).toContain('a1 61 74')
  expect(screen.getByTitle(/Not decoded: byte 3 of cbor/)).toBeDefined()
})

it('leads to another message by the keyboard, and compares it with the shown one', async () => {
  const { connection, list } = await openHistory([cbor(30), cbor(31), cbor(32)])
  list.focus()
  await userEvent.keyboard('{End}{Control>}{Home}{ArrowDown}{/Control}')
  const shown = screen.getByRole('option', { selected: true })
  expect(shown.getAttribute('aria-posinset')).toBe('3')
  expect(list.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[1]?.id)
  await userEvent.keyboard('{Enter}')
  expect(connection.get(comparisonState).comparedWith?.sequence).toBe(2)
})
