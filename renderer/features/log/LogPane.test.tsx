import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { flags, payloadHeadBytes, type DeliveryUpdate, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { failureFrom } from '#shared/model/failureTesting'
import type { SessionPhase } from '#shared/model/session'
import { defaultSettings } from '#shared/model/settings'
import { frameOfMessages, type GivenMessage } from '../../model/messageLog/messageLogTesting'
import { dialogsState } from '../../state/dialogs'
import { focusState } from '../../state/focus'
import { logViewState } from '../../state/logView'
import { messagesState } from '../../state/messages'
import { noticesState } from '../../state/notices'
import { sessionState } from '../../state/session'
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

/** Without the events between the messages, unless a test is about them. */
const show = ({ logEvents = false } = {}) => {
  const window = openTestWindow({
    session: onlineSession(),
    snapshot: { settings: { ...defaultSettings, logEvents } },
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
    window,
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
    expect(notices()).toEqual([{ text: { key: 'log.menu.copyNotWhole' } }])
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

  describe('with several messages selected', () => {
    const row = (sequence: number) => grid().querySelector(`[data-seq="${sequence}"]`)!
    const selectedSequences = () =>
      within(grid())
        .queryAllByRole('row', { selected: true })
        .map(({ dataset }) => Number(dataset['seq']))
    const linesOf = (text: string) => text.split('\n').map((line) => line.split('\t').slice(1))

    it('selects ranges and single messages, and copies them as text', () => {
      const { receive, selected, copied } = show()
      receive(many(9))
      fireEvent.mouseDown(row(2))
      fireEvent.mouseDown(row(4), { shiftKey: true })
      fireEvent.mouseDown(row(7), { ctrlKey: true })
      fireEvent.mouseDown(row(3), { ctrlKey: true })
      expect([selectedSequences(), selected()]).toEqual([[2, 4, 7], 3])
      fireEvent.mouseDown(row(7), { button: 2 })
      expect([selectedSequences(), selected()]).toEqual([[2, 4, 7], 7])
      expect(screen.getByText('3 selected · 21 B')).toBeDefined()
      fireEvent.keyDown(grid(), { key: 'c', ctrlKey: true })
      expect(linesOf(copied()[0]?.text ?? '')).toEqual(
        [2, 4, 7].map((each) => ['plant/line1/temperature', `value ${each}`]),
      )
      fireEvent.mouseDown(row(5))
      expect([selectedSequences(), selected()]).toEqual([[5], 5])
    })

    it('reaches by keys over gaps, and takes all that are shown', () => {
      const { receive, selected } = show()
      receive(many(3))
      receive(many(3), { droppedBefore: 2 })
      fireEvent.mouseDown(row(3))
      fireEvent.keyDown(grid(), { key: 'ArrowDown', shiftKey: true })
      fireEvent.keyDown(grid(), { key: 'ArrowDown', shiftKey: true })
      expect([selectedSequences(), selected()]).toEqual([[3, 6, 7], 7])
      fireEvent.keyDown(grid(), { key: 'a', ctrlKey: true })
      expect(selectedSequences()).toEqual([1, 2, 3, 6, 7, 8])
      expect(document.querySelector('[data-chosen="6"]')).not.toBeNull()
      receive(many(1))
      expect(selectedSequences()).toEqual([1, 2, 3, 6, 7, 8])
    })

    it('means what the filter shows, and ends with another filter', async () => {
      const { receive, copied } = show()
      receive([message('needle 1'), message('hay'), message('needle 2'), message('hay')])
      await userEvent.type(screen.getByLabelText('Filter messages'), 'needle')
      await waitFor(() => expect(document.querySelector('[data-counter="shown"]')).toHaveProperty('dataset.value', '2'))
      fireEvent.keyDown(grid(), { key: 'a', ctrlKey: true })
      expect(await screen.findByText('2 selected · 16 B')).toBeDefined()
      fireEvent.keyDown(grid(), { key: 'c', ctrlKey: true })
      expect(linesOf(copied()[0]?.text ?? '').map(([, payload]) => payload)).toEqual(['needle 1', 'needle 2'])
      await userEvent.clear(screen.getByLabelText('Filter messages'))
      expect(selectedSequences()).toEqual([3])
    })

    it('asks before it sends several again, and sends each as it was', async () => {
      const { receive, main } = show()
      receive([
        { ...message('a'), flags: 1 | flags.retain },
        message('b', 1),
        { ...message('c'), payload: Uint8Array.of(0xff) },
      ])
      fireEvent.keyDown(grid(), { key: 'a', ctrlKey: true })
      fireEvent.contextMenu(row(2))
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Send 3 messages again …' }))
      expect(main.inputsOf('message.publish')).toEqual([])
      await userEvent.click(screen.getByRole('button', { name: 'Send 3 messages' }))
      expect(main.inputsOf('message.publish')).toMatchObject([
        { topic: 'plant/line1/temperature', payload: Uint8Array.of(97), qos: 1, retain: true },
        { topic: 'plant/line2/state', payload: Uint8Array.of(98), qos: 0, retain: false },
        { payload: Uint8Array.of(0xff) },
      ])
    })

    it('asks as what they are exported', async () => {
      const { receive, window } = show()
      receive(many(3))
      fireEvent.keyDown(grid(), { key: 'a', ctrlKey: true })
      fireEvent.contextMenu(row(2))
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Export 3 messages' }))
      expect(window.app.get(dialogsState).shown?.dialog).toEqual({
        kind: 'exportMessages',
        meant: { kind: 'chosen', ranges: [{ from: 1, to: 3 }] },
      })
    })
  })

  describe('its columns', () => {
    const headers = () =>
      within(grid())
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent)

    it('stand only once a message has something to say in them', () => {
      const { receive } = show()
      receive(many(2))
      expect(headers()).toEqual(['Time', 'Topic', 'Size', 'Payload'])
      receive([{ ...message('x'), flags: 2 }])
      expect(headers()).toEqual(['Time', 'Topic', 'QoS', 'Size', 'Payload'])
      receive(many(20))
      expect(headers()).toContain('QoS')
    })

    it('are hidden, shown and moved by a person, and remembered', async () => {
      const { receive, main } = show()
      receive([message('{"temp":21.50,"n":9007199254740993}'), message('no json')])
      await userEvent.click(screen.getByRole('button', { name: 'Columns' }))
      const list = await screen.findByRole('dialog', { name: 'Columns' })
      await userEvent.click(within(list).getByRole('checkbox', { name: 'Size' }))
      await userEvent.click(within(list).getByRole('checkbox', { name: 'Time (UTC)' }))
      await userEvent.click(within(list).getByRole('button', { name: 'Move Topic up' }))
      await userEvent.type(within(list).getByLabelText('Add a column for a JSON field'), 'n{Enter}')
      expect(within(list).getByRole('alert').textContent).toContain('A path begins with $')
      await userEvent.clear(within(list).getByLabelText('Add a column for a JSON field'))
      await userEvent.type(within(list).getByLabelText('Add a column for a JSON field'), '$.n{Enter}')
      await userEvent.keyboard('{Escape}')
      expect(headers()).toEqual(['Time', 'Time (UTC)', 'Topic', '$.n', 'Payload'])
      expect(grid().querySelector('[data-seq="1"]')?.textContent).toContain('9007199254740993')
      const saved = main.inputsOf('settings.save').at(-1)?.logColumns ?? []
      expect(saved.find(({ id }) => id === 'size')?.show).toBe('hidden')
      expect(saved.some(({ id }) => id === '$.n')).toBe(true)
    })

    it('are hidden and moved from the menu of a header', async () => {
      const { receive } = show()
      receive(many(2))
      fireEvent.contextMenu(within(grid()).getByRole('columnheader', { name: 'Size' }))
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Move left' }))
      expect(headers()).toEqual(['Time', 'Size', 'Topic', 'Payload'])
      fireEvent.contextMenu(within(grid()).getByRole('columnheader', { name: 'Time' }))
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Hide this column' }))
      expect(headers()).toEqual(['Size', 'Topic', 'Payload'])
    })

    it('take the place of the header that they are dragged to', () => {
      const { receive } = show()
      receive(many(2))
      const dataTransfer = { setData: () => undefined }
      const header = (name: string) => within(grid()).getByRole('columnheader', { name })
      const drag = (name: string, onto: string) => {
        fireEvent.dragStart(within(header(name)).getByText(name), { dataTransfer })
        fireEvent.dragOver(header(onto), { dataTransfer })
        const mark = header(onto).dataset['drop']
        fireEvent.drop(header(onto), { dataTransfer })
        return mark
      }
      expect(drag('Payload', 'Topic')).toBe('left')
      expect(headers()).toEqual(['Time', 'Payload', 'Topic', 'Size'])
      expect(drag('Time', 'Topic')).toBe('right')
      expect(headers()).toEqual(['Payload', 'Topic', 'Time', 'Size'])
      expect(drag('Size', 'Size')).toBeUndefined()
      expect(headers()).toEqual(['Payload', 'Topic', 'Time', 'Size'])
      fireEvent.dragOver(header('Size'), { dataTransfer })
      expect(header('Size').dataset['drop']).toBeUndefined()
    })
  })

  it('says between the messages what became of the connection', () => {
    const { receive, window } = show({ logEvents: true })
    receive([{ ...message('before'), time: 10 }])
    const tell = (at: number, state: SessionPhase) =>
      act(() => window.connection.get(sessionState).receive({ connectionId: 'c', at, state, subscriptions: [] }))
    const failure = failureFrom({ code: 'connectionClosed', message: '' })
    tell(20, { phase: 'waiting', attempt: 1, nextTryAt: 0, reason: failure })
    tell(30, onlineSession({ session: 'resumed', returned: { endedAt: 0, reason: failure, awayMs: 10 } }))
    receive([{ ...message('after'), time: 40 }])
    const said = [...grid().querySelectorAll<HTMLElement>('[data-seq], [data-event]')]
    expect(said.map(({ dataset }) => dataset['event'] ?? dataset['seq'])).toEqual([
      'online',
      '1',
      'lost',
      'online',
      '2',
    ])
    expect(said[2]?.textContent).toMatch(/Connection lost: .+ Trying again\.$/)
    expect(said[3]?.textContent).toContain('the broker resumed the session · back after 10 ms')
    expect(grid().getAttribute('aria-rowcount')).toBe('3')
    fireEvent.mouseDown(said[1]!)
    fireEvent.keyDown(grid(), { key: 'ArrowDown' })
    expect(selectSelectedSequence(window.connection.get(selectionState))).toBe(2)
  })

  it('says nothing of the connection while a query is in force', () => {
    const { receive, window } = show({ logEvents: true })
    receive([
      { ...message('one'), time: 10 },
      { ...message('two'), time: 40 },
    ])
    const events = () => grid().querySelectorAll('[data-event]').length
    const before = events()
    expect(before).toBeGreaterThan(0)
    const view = window.connection.get(logViewState)
    for (const query of ['one', 'last:30000d']) {
      act(() => view.changeQuery(query))
      expect(events()).toBe(0)
      act(() => view.clearFilter())
      expect(events()).toBe(before)
    }
  })

  it('keeps bookmarks with their notes, and says when their message is gone', async () => {
    const { receive, selected, clear } = show()
    receive(many(30))
    act(() => grid().focus())
    await userEvent.keyboard('{Home}{ArrowDown}b')
    expect(grid().querySelectorAll('[data-seq="2"] [data-mark="bookmark"]')).toHaveLength(1)
    await userEvent.keyboard('{End}')
    expect(selected()).toBe(30)
    await userEvent.click(screen.getByRole('button', { name: /^Bookmarks/ }))
    const list = await screen.findByRole('dialog', { name: 'Bookmarks' })
    await userEvent.type(within(list).getByLabelText('Note'), 'here')
    await userEvent.click(within(list).getByRole('button', { name: /plant.line1.temperature/ }))
    expect(selected()).toBe(2)
    expect(grid().querySelector('[data-seq="2"] [data-mark="bookmark"]')?.getAttribute('title')).toBe('Bookmark: here')
    clear()
    await userEvent.click(screen.getByRole('button', { name: /^Bookmarks/ }))
    expect(await screen.findByText(/No longer in the log/)).toBeDefined()
  })
})
