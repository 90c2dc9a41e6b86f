import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { frameOfMessages } from '../../../model/messageLog/messageLogTesting'
import { messagesState } from '../../../state/messages'
import { selectionState } from '../../../state/selection'
import { openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { InspectorPane } from '../InspectorPane'

// A box of 600 px, and lines of 18.
stubLayout({ clientHeight: 600, clientWidth: 400, offsetHeight: 18 })
afterEach(cleanup)

const show = async (payloads: readonly string[], sequence: number) => {
  const { app, connection, receive, render } = openTestWindow()
  const list = payloads.map((payload) => ({ topicId: 0, payload }))
  const names = { firstTopicId: 0, newTopics: ['plant/press'], firstMatchSetId: 0, newMatchSets: [[]] }
  receive([frameOfMessages(1, list, names)])
  const select = (other: number) => act(() => connection.get(selectionState).selectMessage(other))
  select(sequence)
  render(<InspectorPane />)
  const region = within(screen.getByRole('region', { name: 'Message details' }))
  const tab = region.getByRole('button', { name: 'Difference' })
  await userEvent.click(tab)
  return {
    region,
    select,
    tab,
    press: (name: string) => userEvent.click(region.getByRole('button', { name })),
    values: () =>
      [...region.getByRole('group', { name: 'Changed values' }).querySelectorAll('[data-index]')].map(
        ({ textContent }) => textContent,
      ),
    evictAllBut: (rows: number) =>
      act(() => {
        app.models.setBudget({ bytes: 2 ** 25, rows })
        connection.get(messagesState).recount()
      }),
  }
}

describe('the difference', () => {
  it('is told by value beside the lines, and counted in the tab', async () => {
    const { region, tab, values } = await show(['{"c":21.1,"d":1,"e":0}', '{"c":21.2,"e":0,"f":[]}'], 2)
    expect(values()).toEqual(['~$.c 21.1 → 21.2', '−$.d 1', '+$.f []'])
    expect(tab.title).toBe('3 changes')
    expect(region.getByText('"c": 21.2', { exact: false })).toBeDefined()
  })

  it('is from a pinned message, also when the log has given it up, until the previous one is wanted', async () => {
    const payloads = ['{"a":1}', '{"a":2}', '{"a":3}']
    const { region, press, select, values, evictAllBut } = await show(payloads, 1)
    expect(region.getByText(/No earlier message/)).toBeDefined()
    await press('Pin for comparison')
    expect(region.getByText(/This is the pinned message/)).toBeDefined()
    select(3)
    evictAllBut(2)
    expect(values()).toEqual(['~$.a 1 → 3'])
    await press('Compare with the previous')
    expect(values()).toEqual(['~$.a 2 → 3'])
  })

  it('says when only the order of keys differs', async () => {
    const { region, tab } = await show(['{"a":1,"b":2}', '{"b":2,"a":1}'], 2)
    expect(region.getByText(/only the order of the keys/)).toBeDefined()
    expect(tab.title).toBe('0 changes')
  })
})
