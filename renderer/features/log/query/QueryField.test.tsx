import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { frameOfMessages, type GivenMessage } from '../../../model/messageLog/messageLogTesting'
import { logViewState } from '../../../state/logView'
import { onlineSession, openTestWindow, subscriptionOf } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { LogPane } from '../LogPane'

stubLayout({ clientHeight: 264, scrollHeight: 1_000 })
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const topics = ['plant/line1/temp', 'plant/line2/temp', 'other']
const names = { firstTopicId: 0, newTopics: topics, firstMatchSetId: 0, newMatchSets: [['s']] }
const subscription = subscriptionOf({ id: 's', filter: 'plant/#', alias: 'Plant' })

const show = (messages: readonly GivenMessage[]) => {
  const window = openTestWindow({
    session: onlineSession(),
    subscriptions: [{ subscription, state: { phase: 'inactive' } }],
  })
  window.render(<LogPane />)
  act(() => window.receive([frameOfMessages(1, messages, names)]))
  const view = () => window.connection.get(logViewState)
  return { ...window, view, change: (query: string) => act(() => view().changeQuery(query)) }
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Filter messages' })
const grid = () => screen.getByRole('grid', { name: 'Messages' })
const shown = () =>
  within(grid())
    .queryAllByRole('row')
    .flatMap((row) => (row.dataset['seq'] === undefined ? [] : [Number(row.dataset['seq'])]))
const marked = () => [...grid().querySelectorAll('mark')].map(({ textContent }) => textContent)
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent)
const count = () => document.querySelector('[data-counter="shown"]')
const json = (value: object, topicId = 0): GivenMessage => ({ topicId, payload: JSON.stringify(value) })

describe('the query field', () => {
  it('shows what all its terms ask for, how many that are, and takes terms out by their chips', async () => {
    const { change, view } = show([json({ temp: 31 }), json({ temp: 31 }, 2), json({ temp: 29 })])
    expect(count()?.getAttribute('data-value')).toBe('3')
    change('topic:plant/+/temp $.temp > 30')
    expect(shown()).toEqual([1])
    expect([count()?.getAttribute('data-value'), count()?.textContent]).toEqual(['1', '1 of 3'])
    await userEvent.click(screen.getByRole('button', { name: 'Remove topic:plant/+/temp' }))
    expect(view().query).toBe('$.temp > 30')
    expect(shown()).toEqual([1, 2])
    expect(screen.getByTitle('in the JSON of the payload: $.temp > 30')).toBeDefined()
  })

  it('is written into by whoever limits the log', async () => {
    const { view } = show([json({ temp: 1 }), json({ temp: 1 }, 2)])
    act(() => view().limitTo('plant/line1'))
    act(() => view().addTerm({ not: true, test: { kind: 'text', text: 'a b' } }))
    expect(field().value).toBe('below:plant/line1 -"a b"')
    expect(shown()).toEqual([1])
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    expect(field().value).toBe('')
  })

  it('says of a word that found nothing what was perhaps meant', () => {
    const { change } = show([json({ level: 'error', note: 'a state:on' })])
    const note = () => document.getElementById(field().getAttribute('aria-describedby') ?? '')?.textContent ?? null
    change('level:error')
    expect(shown()).toEqual([])
    expect(note()).toBe(
      '“level:error” was looked for as a text, and no message passes. Perhaps you meant: $.level = "error"',
    )
    expect(screen.queryByRole('alert')).toBeNull()
    expect(field().getAttribute('aria-invalid')).toBeNull()
    change('$.level = "error"')
    expect([shown(), note()]).toEqual([[1], null])
    change('state:on')
    expect([shown(), note()]).toEqual([[1], null])
    change('nowhere')
    expect([shown(), note()]).toEqual([[], null])
  })

  it('says what is not there, and asks for nothing by it', () => {
    const { change } = show([json({})])
    change('sub:nobody')
    expect(screen.getByRole('alert').textContent).toBe('No subscription has the alias or filter nobody.')
    expect(shown()).toEqual([1])
    change('sub:plant sub:plant/#')
    expect(screen.queryByRole('alert')).toBeNull()
    change('size:')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByText('A value is missing behind size.')).toBeDefined()
  })

  it('completes keys, topics by level and names of JSON values with the keyboard', async () => {
    show([json({ temp: 1, on: true })])
    const user = userEvent.setup()
    await user.type(field(), 'to')
    expect(options()).toEqual(['topic:MQTT topic filter'])
    await user.keyboard('{ArrowDown}')
    expect(field().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id)
    await user.keyboard('{Enter}pl{ArrowDown}{Enter}')
    expect(field().value).toBe('topic:plant/# ')
    expect(options()).toEqual([])
    await user.type(field(), '$.t')
    expect(options()).toEqual(['$.temp'])
    await user.keyboard('{Escape}')
    expect(options()).toEqual([])
    await user.type(field(), '{Backspace}t{ArrowDown}{Tab}')
    expect(field().value).toBe('topic:plant/# $.temp')
    await user.clear(field())
    await user.type(field(), '-sub:pl')
    expect(options()).toEqual(['sub:Plant'])
  })

  it('opens no list over the rows for a text that was set and not typed', () => {
    const { change } = show([json({})])
    act(() => field().focus())
    change('topic:')
    expect(options()).toEqual([])
  })

  it('marks hits in topic and payload, and shows the payload around the first', () => {
    const { change } = show([{ topicId: 0, payload: `${'x'.repeat(200)} a Needle in it` }])
    change('needle LINE1 /in/')
    expect(marked()).toEqual(['line1', 'Needle', 'in'])
    expect(grid().textContent).toMatch(/…x+ a Needle in it/)
    change('(a+)+$ -needle')
    expect(marked()).toEqual([])
  })

  it('lets messages go that become too old, and come that are old enough', () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'Date'] })
    const { change } = show([
      { topicId: 0, payload: '1', time: 1_000_000 - 61_000 },
      { topicId: 0, payload: '2', time: 1_000_000 - 58_000 },
    ])
    change('last:1m')
    expect(shown()).toEqual([2])
    act(() => void vi.advanceTimersByTime(4_000))
    expect(shown()).toEqual([])
    expect(count()?.getAttribute('data-value')).toBe('0')
    change('-last:1m')
    expect(shown()).toEqual([1, 2])
  })

  it('keeps queries of its connection, and brings them back', async () => {
    const { main, view, change } = show([json({})])
    const user = userEvent.setup()
    change('qos:1 alarm')
    await user.click(screen.getByRole('button', { name: 'Saved queries' }))
    await user.type(screen.getByLabelText('Name of the query (optional)'), 'Alarms')
    await user.click(screen.getByRole('button', { name: 'Save query' }))
    const saved = { c: [{ name: 'Alarms', query: 'qos:1 alarm' }] }
    expect(main.inputsOf('settings.save').at(-1)).toMatchObject({ savedQueries: saved })
    change('')
    await user.click(screen.getByRole('button', { name: /^Alarms/ }))
    expect(view().query).toBe('qos:1 alarm')
    await user.click(screen.getByRole('button', { name: 'Saved queries' }))
    await user.click(screen.getByRole('button', { name: 'Remove the saved query Alarms' }))
    expect(main.inputsOf('settings.save').at(-1)).toMatchObject({ savedQueries: { c: [] } })
  })
})
