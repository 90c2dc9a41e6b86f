import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { flags, payloadHeadBytes, type DeliveryUpdate, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { frameOfMessages, type GivenMessage } from '../../model/messageLog/messageLogTesting'
import { focusState } from '../../state/focus'
import { messagesState } from '../../state/messages'
import { noticesState } from '../../state/notices'
import { selectionState, selectSelectedSequence } from '../../state/selection'
import { onlineSession, openTestWindow, subscriptionOf } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { LogPane } from './LogPane'

// A box of ten rows and a header.
stubLayout({ clientHeight: 264, scrollHeight: 1_000 })
afterEach(cleanup)

const topics = ['plant/line1/temperature', 'plant/line2/state']
const subscription = subscriptionOf({ id: 's', filter: 'plant/#', colour: 'green' })

/** Makes the frame's first message the head of a longer payload. */
const givesLength =
  (payloadBytes: number) =>
  ({ records }: Frame): void =>
    new DataView(records.buffer).setUint32(recordOffset.payloadLength, payloadBytes, true)

interface Received {
  readonly droppedBefore?: number
  readonly change?: (frame: Frame) => void
}

const show = () => {
  const window = openTestWindow({
    session: onlineSession(),
    subscriptions: [{ subscription, state: { phase: 'inactive' } }],
  })
  const { app, connection, main } = window
  let sequence = 1
  const receive = (list: readonly GivenMessage[], { droppedBefore = 0, change = () => undefined }: Received = {}) => {
    sequence += droppedBefore
    const names =
      sequence === 1 ? { firstTopicId: 0, newTopics: topics, firstMatchSetId: 0, newMatchSets: [['s']] } : {}
    const frame = frameOfMessages(sequence, list, { ...names, droppedBefore })
    change(frame)
    sequence += list.length
    act(() => window.receive([frame], { received: sequence - 1, dropped: droppedBefore }))
  }
  window.render(<LogPane />)
  return {
    receive,
    learn: (deliveries: readonly DeliveryUpdate[]) =>
      act(() => window.receive([], { received: 0, sent: 1 }, { deliveries })),
    clear: () => act(() => connection.get(messagesState).clear()),
    selected: () => selectSelectedSequence(connection.get(selectionState)),
    focused: () => app.get(focusState).request?.target,
    notices: () => app.get(noticesState).all.map(({ content }) => content),
    copied: () => main.inputsOf('clipboard.write'),
    main,
  }
}

const grid = () => screen.getByRole('grid', { name: 'Messages' })
const shownSequences = () =>
  within(grid())
    .queryAllByRole('row')
    .flatMap((row) => (row.dataset['seq'] === undefined ? [] : [Number(row.dataset['seq'])]))
const message = (payload: string, topicId = 0): GivenMessage => ({ topicId, payload })
const many = (count: number) => Array.from({ length: count }, (_, index) => message(`value ${index + 1}`))

describe('log pane', () => {
  it('shows the newest messages and follows', () => {
    const { receive } = show()
    receive(many(30))
    expect(shownSequences()).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30])
    receive(many(2))
    expect(shownSequences().at(-1)).toBe(32)
    expect(grid().getAttribute('aria-rowcount')).toBe('33')
    expect(grid().querySelector('[data-seq="32"]')?.getAttribute('data-topic')).toBe('plant/line1/temperature')
  })

  it('marks what is wrong in a query under its characters, with the reason', async () => {
    const { receive } = show()
    receive(many(2))
    const field = screen.getByRole('textbox', { name: 'Filter messages' })
    await userEvent.type(field, 'value topic:plant/line+')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      '+ must stand alone in its level.',
    )
    expect(document.querySelector('u')?.textContent).toBe('+')
    expect(shownSequences()).toEqual([1, 2])
    await userEvent.type(field, '{Backspace}1')
    expect([field.hasAttribute('aria-invalid'), screen.queryByRole('alert')]).toEqual([false, null])
    expect(shownSequences()).toEqual([])
  })

  it('calls nothing new that stands in view, and follows again after a clear', async () => {
    const { receive } = show()
    const offers = () => screen.queryAllByRole('button', { name: /new$|newest/ }).map(({ textContent }) => textContent)
    receive(many(2))
    fireEvent.mouseDown(grid().querySelector('[data-seq="1"]')!)
    receive(many(3))
    expect([shownSequences(), offers()]).toEqual([[1, 2, 3, 4, 5], []])
    receive(many(20))
    expect(offers()).toEqual(['15 new'])
    await userEvent.click(screen.getByRole('button', { name: 'Clear messages' }))
    expect(offers()).toEqual([])
    receive(many(12))
    expect([shownSequences().at(-1), offers()]).toEqual([37, []])
  })

  it('brings cleared messages back, with those that came since', async () => {
    const { receive } = show()
    receive(many(3))
    await userEvent.click(screen.getByRole('button', { name: 'Clear messages' }))
    expect(screen.getByText('3 messages cleared')).toBeDefined()
    receive(many(1))
    expect(shownSequences()).toEqual([4])
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(shownSequences()).toEqual([1, 2, 3, 4])
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })

  it('says in a row between the messages how many the inbox had to drop', () => {
    const { receive } = show()
    receive(many(3))
    receive(many(2), { droppedBefore: 12_345 })
    const rows = within(grid()).getAllByRole('row').slice(1)
    expect(rows.map((row) => row.dataset['seq'] ?? row.dataset['gap'])).toEqual(
      ['1', '2', '3', 'dropped', '12349', '12350'].map(String),
    )
    expect(rows[3]?.textContent).toBe('12,345 messages dropped here: the window could not take them in time.')
  })

  it('says in its place which message was too large to be taken', () => {
    const { receive } = show()
    receive(many(1))
    const topic = `plant/${'x'.repeat(60_000)}`
    const skippedBefore = [
      { time: 1, topic: 'a\u202Eb', bytes: 3 * 2 ** 20, cause: 'properties' as const },
      { time: 1, topic, bytes: 2 ** 21, cause: 'packet' as const },
    ]
    receive(many(1), { change: (frame) => Object.assign(frame, { skippedBefore }) })
    const rows = within(grid()).getAllByRole('row').slice(1)
    expect(rows.map((row) => row.dataset['seq'] ?? row.dataset['gap'])).toEqual(['1', 'skipped', 'skipped', '2'])
    expect(rows[1]?.textContent).toMatch(/^A message on a.+b was skipped: its properties are larger than 1 MiB/)
    expect(rows[1]?.textContent).not.toContain('\u202E')
    expect(rows[2]?.textContent).toContain('the packet limit in the settings')
    expect(rows[2]?.textContent.length).toBeLessThan(400)
  })

  it('keeps what one looks at in place while more comes, and offers the new ones', async () => {
    const { receive } = show()
    receive(many(30))
    grid().scrollTop = 0
    fireEvent.scroll(grid())
    expect(shownSequences()[0]).toBe(1)
    receive(many(5))
    expect(shownSequences()[0]).toBe(1)
    await userEvent.click(screen.getByRole('button', { name: '5 new' }))
    expect(shownSequences().at(-1)).toBe(35)
  })

  it('shows the same messages when older ones are cleared away by a filter', async () => {
    const { receive } = show()
    receive([...many(20), message('needle', 1), ...many(20)])
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter messages' }), 'NEEDLE')
    expect(shownSequences()).toEqual([21])
    expect(screen.getByText('1 of 41')).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    expect(shownSequences().at(-1)).toBe(41)
  })

  it('keeps the selected message in view when others come between those a filter left', async () => {
    const { receive } = show()
    const user = userEvent.setup()
    receive(Array.from({ length: 100 }, (_, index) => message(index % 20 === 0 ? 'needle' : 'hay')))
    await user.type(screen.getByLabelText('Filter messages'), 'needle')
    expect(shownSequences()).toEqual([1, 21, 41, 61, 81])
    await user.click(grid().querySelector('[data-seq="61"]') as HTMLElement)
    await user.clear(screen.getByLabelText('Filter messages'))
    expect(grid().getAttribute('aria-rowcount')).toBe('101')
    expect(shownSequences()).toEqual([58, 59, 60, 61, 62, 63, 64, 65, 66, 67])
  })

  it('says when a filter sees only the start of large payloads', async () => {
    const { receive } = show()
    const head = { ...message(''), payload: new Uint8Array(payloadHeadBytes), flags: flags.head }
    receive([message('needle')])
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter messages' }), 'needle')
    expect(screen.queryByText(/only the first 64 KiB/)).toBeNull()
    receive([head], { change: givesLength(payloadHeadBytes + 1) })
    expect(screen.getByText(/only the first 64 KiB/)).toBeDefined()
    expect(shownSequences()).toEqual([1])
  })

  it('adds what comes to what a filter has found, and goes on where it was paused', async () => {
    const { receive } = show()
    receive([message('needle'), message('hay')])
    await userEvent.type(screen.getByRole('textbox', { name: 'Filter messages' }), 'need')
    receive([message('needle'), message('hay')])
    expect(shownSequences()).toEqual([1, 3])
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }))
    receive([message('needle')])
    expect(shownSequences()).toEqual([1, 3])
    expect(screen.getByText(/2 of 4/)).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }))
    expect(shownSequences()).toEqual([1, 3, 5])
  })

  it('freezes on Pause and says how many wait', async () => {
    const { receive } = show()
    receive(many(3))
    const pause = screen.getByRole('button', { name: 'Pause' })
    await userEvent.click(pause)
    expect(pause.getAttribute('aria-pressed')).toBe('true')
    receive(many(2))
    expect(shownSequences()).toEqual([1, 2, 3])
    expect(screen.getByText('paused, 2 waiting')).toBeDefined()
    await userEvent.click(pause)
    expect(shownSequences()).toEqual([1, 2, 3, 4, 5])
  })

  it('moves by keys, copies the payload and opens the details', async () => {
    const { receive, selected: chosen, copied, focused } = show()
    receive([...many(2), { ...message('bytes'), payload: Uint8Array.from([0xff, 1]) }])
    act(() => grid().focus())
    await userEvent.keyboard('{ArrowUp}')
    expect(chosen()).toBe(3)
    await userEvent.keyboard('{Control>}c{/Control}{ArrowUp}{Control>}c{/Control}{Enter}')
    expect(copied()).toEqual([{ text: 'ff 01' }, { text: 'value 2' }])
    expect(focused()).toBe('details')
    const selected = within(grid()).getByRole('row', { selected: true })
    expect(grid().getAttribute('aria-activedescendant')).toBe(selected.id)
  })

  it('holds plain integers in its counters, one element each', () => {
    const { receive } = show()
    receive(many(1_234))
    const received = document.querySelectorAll('[data-counter="received"]')
    expect([...received].map((one) => [one.getAttribute('data-value'), one.textContent])).toEqual([['1234', '1,234']])
  })

  it('empties on Clear messages, and says what became of a message that was sent', async () => {
    const { receive, learn } = show()
    receive([{ ...message('out'), flags: flags.outgoing | 1 }])
    learn([{ sequence: 1, state: 'refused', reasonCode: 0x87, at: 5 }])
    expect(within(grid()).getByText(/refused: Not authorized/)).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Clear messages' }))
    expect(shownSequences()).toEqual([])
    expect(screen.getByText('No messages yet')).toBeDefined()
  })

  it('tells the true size of a payload of which only the head is here, and does not copy the head for the whole', () => {
    const { receive, copied, notices } = show()
    const head = 'x'.repeat(payloadHeadBytes)
    receive([{ topicId: 0, flags: flags.head, payload: head }], { change: givesLength(100 * 2 ** 20) })
    const row = within(grid()).getAllByRole('row')[1]!
    expect(row.textContent).toContain('100 MiB')
    expect(within(row).getByTitle(/Only the first 64 KiB are in the log/)).toBeDefined()
    fireEvent.keyDown(grid(), { key: 'End' })
    fireEvent.keyDown(grid(), { key: 'c', ctrlKey: true })
    expect(copied()).toEqual([])
    expect(notices()).toEqual([{ text: expect.stringContaining('not before') as string }])
  })

  it('lets the main process release what is cleared', () => {
    const { receive, clear, main } = show()
    receive([
      { topicId: 0, payload: '1' },
      { topicId: 0, payload: '2' },
    ])
    clear()
    // Not before it cannot be undone any more; the topics' numbers are let go of at once.
    expect(main.asked).toEqual([{ name: 'topic.forget', input: { connectionId: 'c' } }])
    clear()
    expect(main.inputsOf('payload.release')).toEqual([{ connectionId: 'c', throughSequence: 2 }])
  })
})
