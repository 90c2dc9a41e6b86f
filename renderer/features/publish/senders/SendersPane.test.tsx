import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { EditorView } from 'codemirror'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SenderPlan } from '#shared/model/sender'
import { fail, ok } from '#shared/result'
import { planFor } from '../../../model/senderPlan'
import { sendersState } from '../../../state/senders'
import { noticesState } from '../../../state/notices'
import { entryOf, onlineSession, openTestWindow, type TestWindowOptions } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { emptyMessage } from '#shared/model/publish'
import { SenderDialog } from './form/SenderDialog'
import { RunningSenders } from './RunningSenders'
import { SendersPane } from './SendersPane'
import { StartSenderDialog } from './StartSenderDialog'
import { runningSender } from './sendersTesting'
import { senderPlansState } from './senderPlansState'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
afterEach(cleanup)

const planOf = (id: string, given: Partial<SenderPlan> = {}) =>
  planFor({ kind: 'message', message: { ...emptyMessage, topic: `plant/${id}` } }, { id, name: id, ...given })

/** The view of a connection that is online, with the dialogs it opens. */
const show = (plans: readonly SenderPlan[] = [], options: TestWindowOptions = {}) => {
  const opened = openTestWindow({
    session: onlineSession(),
    ...options,
    snapshot: { senderPlans: plans, ...options.snapshot },
  })
  opened.render(
    <>
      <SendersPane />
      <RunningSenders />
      <SenderDialog />
      <StartSenderDialog />
    </>,
  )
  const region = screen.getByRole('region', { name: 'Senders' })
  return {
    ...opened,
    user: userEvent.setup(),
    region,
    row: (id: string) => {
      const found = region.querySelector<HTMLElement>(`[data-sender="${id}"]`)
      if (!found) throw new Error(`There is no sender ${id}.`)
      return found
    },
    tell: (...all: Parameters<typeof runningSender>) => {
      const status = runningSender(...all)
      act(() => opened.app.get(sendersState).receive([status]))
    },
    started: () => opened.main.inputsOf('sender.start').map(({ plan }) => plan),
    plans: () => opened.app.get(senderPlansState).all,
  }
}

const newForm = async ({ user }: ReturnType<typeof show>) => {
  await user.click(screen.getByRole('button', { name: 'New sender…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New sender' }))
  const fill = async (name: string, text: string) => {
    const field = dialog.getByLabelText(name)
    await user.clear(field)
    await user.type(field, text.replaceAll('{', '{{'))
  }
  return { dialog, fill, start: () => user.click(dialog.getByRole('button', { name: 'Start sender' })) }
}

describe('the list of senders', () => {
  it('tells what became of the messages of each, as numbers that drivers read', () => {
    const { row, tell } = show([planOf('a')])
    expect(row('a').dataset).toMatchObject({ state: 'notStarted', sent: '0' })
    const counts = { sent: 1_200, acknowledged: 1_180, refused: 4, lost: 1, interrupted: 0, skipped: 7 }
    tell({ senderId: 'a', counts, unanswered: 15, late: 2, progress: 0.5, intervals: { p50: 1.02, p95: 1.31 } })
    expect(row('a').dataset).toMatchObject({
      state: 'running',
      sent: '1200',
      acknowledged: '1180',
      failed: '5',
      queued: '17',
      late: '2',
      skipped: '7',
    })
    const inRow = within(row('a'))
    expect(inRow.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50')
    expect(inRow.getByText('1,180')).toBeTruthy()
    expect(row('a').querySelector('[data-number="intervals"]')?.textContent).toBe('1.02 / 1.31')
    expect(inRow.getByText(/7 left out/)).toBeTruthy()
    expect(inRow.getByRole('img', { name: /over the last minute/ })).toBeTruthy()
  })

  it('counts nothing as acknowledged at QoS 0, says why, and leaves the number that drivers read', () => {
    const { row, tell } = show([planOf('a')])
    const counts = { sent: 71, acknowledged: 71, refused: 0, lost: 0, interrupted: 0, skipped: 0 }
    tell({ senderId: 'a', qos: 0, counts })
    const acknowledged = row('a').querySelector('[data-number="acknowledged"]')
    expect(acknowledged?.textContent).toBe('–')
    expect(acknowledged?.parentElement?.title).toMatch(/^MQTT sends no acknowledgement for QoS 0/)
    expect(row('a').dataset).toMatchObject({ sent: '71', acknowledged: '71' })
  })

  it('says why one is over, and what the first refusal was', () => {
    const { row, tell } = show([planOf('a')])
    const error = fail('publishRefused', 'Refused.', { reasonCode: 0x87 }).error
    tell({ senderId: 'a', firstRefusal: error, end: { kind: 'finished' } })
    expect(within(row('a')).getByText('Finished')).toBeTruthy()
    expect(within(row('a')).getByText(/First refusal: The broker refused the message/)).toBeTruthy()
    tell({ senderId: 'a', end: { kind: 'connectionEnded', error: null } })
    expect(within(row('a')).getByText('Ended with the connection')).toBeTruthy()
  })

  it('puts what is of this connection first, and names the connection of the others', () => {
    const profiles = [entryOf({ id: 'c' }), entryOf({ id: 'd', name: 'Bench' })]
    const { region, tell, row } = show([planOf('a'), planOf('b')], { snapshot: { profiles } })
    tell({ senderId: 'a', connectionId: 'd', startedAt: 1 })
    tell({ senderId: 'draft', startedAt: 2 })
    const keys = [...region.querySelectorAll<HTMLElement>('[data-sender]')].map(
      ({ dataset }) => `${dataset['connection']} ${dataset['sender']}`,
    )
    expect(keys).toEqual(['c a', 'c b', 'c draft', 'd a'])
    expect(within(region).getByText('Bench')).toBeTruthy()
    expect(row('a').dataset['state']).toBe('notStarted')
    expect(screen.getByText('2 senders run')).toBeTruthy()
  })

  it('starts, stops, copies and removes by keys, with one Tab stop, and brings a removed plan back', async () => {
    const shown = show([planOf('a'), planOf('b')])
    const { user, row, main, tell, plans, started, app } = shown
    const stops = () => shown.region.querySelectorAll('[data-part="first"][tabindex="0"]')
    expect(stops()).toHaveLength(1)
    within(row('a')).getByRole('button', { name: 'Start sender' }).focus()
    await user.keyboard('{Enter}')
    expect(started().map(({ id }) => id)).toEqual(['a'])
    tell({ senderId: 'a' })
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(within(row('b')).getByRole('button', { name: 'Start sender' }))
    await user.keyboard('{Home} ')
    expect(main.inputsOf('sender.stop')).toEqual([{ connectionId: 'c', senderId: 'a' }])
    await user.click(within(row('b')).getByRole('button', { name: 'Duplicate' }))
    expect(plans().map(({ name }) => name)).toEqual(['a', 'b', 'b'])
    within(row('a')).getByRole('button', { name: 'Stop sender' }).focus()
    await user.keyboard('{Delete}')
    expect(main.inputsOf('sender.remove')).toEqual([{ connectionId: 'c', senderId: 'a' }])
    expect(plans().map(({ name }) => name)).toEqual(['b', 'b'])
    act(() => app.get(noticesState).all[0]?.action?.run())
    expect(plans().map(({ name }) => name)).toEqual(['a', 'b', 'b'])
    expect(main.inputsOf('senderPlans.save')[0]?.map(({ name }) => name)).toEqual(['a', 'b', 'b'])
  })

  it('starts nothing while the connection is offline, and says so', async () => {
    const { user, row, started, setSession } = show([planOf('a')])
    act(() => setSession({ phase: 'offline' }))
    const start = within(row('a')).getByRole('button', { name: 'Start sender' })
    expect(start.getAttribute('aria-disabled')).toBe('true')
    await user.click(start)
    expect(started()).toEqual([])
  })

  it('stops all at once', async () => {
    const { user, main, tell } = show([planOf('a')])
    const stopAll = screen.getByRole('button', { name: 'Stop all senders' })
    expect(stopAll).toHaveProperty('disabled', true)
    tell({ senderId: 'a' })
    await user.click(stopAll)
    expect(main.inputsOf('sender.stopAll')).toHaveLength(1)
  })
})

describe('the form of a plan', () => {
  it('says in a sentence what the plan will do, starts it and keeps it', async () => {
    const shown = show()
    const { dialog, fill, start } = await newForm(shown)
    await fill('Topic', 'dev/{{ n }}/state')
    await shown.user.click(dialog.getByLabelText('Template'))
    await fill('Number of devices', '200')
    await fill('Every (ms)', '5000')
    expect(
      dialog.getByText('200 devices send every 5 s: 40 messages a second to dev/{{ n }}/state, until stopped.'),
    ).toBeTruthy()
    await fill('Rate (per second)', '25')
    await fill('Count', '1000')
    expect(dialog.getByLabelText('Every (ms)')).toHaveProperty('value', '')
    expect(
      dialog.getByText(/200 devices send 25 messages a second in all .*, until 1,000 messages are sent\./),
    ).toBeTruthy()
    await start()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(shown.started()).toMatchObject([
      {
        source: { kind: 'message', message: { topic: 'dev/{{ n }}/state', isTemplate: true } },
        pace: { kind: 'rate', perSecond: 25 },
        end: { count: 1_000, afterMs: null },
        devices: { count: 200, clients: 'shared' },
      },
    ])
    expect(shown.plans()).toHaveLength(1)
  })

  it('says at the checkbox that a text with placeholders is no template yet', async () => {
    const { dialog, fill } = await newForm(show())
    const template = dialog.getByLabelText('Template')
    expect(template.getAttribute('aria-describedby')).toBeNull()
    await fill('Topic', 'dev/{{ n }}')
    const note = document.getElementById(template.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toBe('Tick Template, or {{ n }} is sent as it stands.')
    act(() => template.click())
    expect(dialog.queryByText(/^Tick Template/)).toBeNull()
  })

  it('says beside the fields what is wrong once one tries, and starts nothing', async () => {
    const shown = show()
    const { dialog, fill, start } = await newForm(shown)
    expect(dialog.queryAllByRole('alert')).toEqual([])
    await fill('Every (ms)', '0')
    expect(dialog.getByRole('alert').textContent).toBe('A number from 1 to 86,400,000.')
    await start()
    expect(dialog.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
      'Type a topic first.',
      'A number from 1 to 86,400,000.',
      'Mend what is marked first.',
    ])
    expect(shown.started()).toEqual([])
    expect(shown.plans()).toEqual([])
  })

  it('asks before Escape or Cancel throws away what was typed, and leaves what was not changed at once', async () => {
    const shown = show()
    const { dialog, fill } = await newForm(shown)
    await fill('Topic', 'half')
    await shown.user.keyboard('{Escape}')
    expect(dialog.getByRole('alert').textContent).toBe('Discard your changes?')
    expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Keep editing' }))
    await shown.user.keyboard('{Escape}')
    expect(document.activeElement).toBe(dialog.getByLabelText('Topic'))
    expect(dialog.getByLabelText('Topic')).toHaveProperty('value', 'half')
    await shown.user.click(dialog.getByRole('button', { name: 'Cancel' }))
    await shown.user.click(dialog.getByRole('button', { name: 'Discard' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(shown.plans()).toEqual([])

    const again = await newForm(shown)
    await again.fill('Topic', 'x')
    await shown.user.clear(again.dialog.getByLabelText('Topic'))
    await shown.user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('stays with what keeps it from running', async () => {
    const answers = { 'sender.start': () => fail('notConnected', 'Connect before publishing.') }
    const shown = show([], { answers })
    const { dialog, fill, start } = await newForm(shown)
    await fill('Topic', 'a')
    await start()
    expect((await dialog.findByRole('alert')).textContent).not.toBe('')
    expect(shown.plans()).toHaveLength(1)
  })

  it('finds the columns of rows and puts one into the template by a click', async () => {
    const shown = show()
    const { dialog, fill, start } = await newForm(shown)
    await shown.user.click(dialog.getByRole('button', { name: 'Rows of data' }))
    await shown.user.click(dialog.getByLabelText('Rows'))
    await shown.user.paste('id,celsius\npress-1,21.4\n')
    await shown.user.click(
      within(dialog.getByRole('group', { name: 'Columns' })).getByRole('button', { name: 'celsius' }),
    )
    await fill('Topic', 'rows')
    const editor = EditorView.findFromDOM(dialog.getByLabelText('Payload'))
    expect(editor?.state.doc.toString()).toBe('{{ row.celsius }}')
    await start()
    await waitFor(() => expect(shown.started()).toHaveLength(1))
    expect(shown.started()[0]?.source).toMatchObject({
      kind: 'rows',
      message: { payload: '{{ row.celsius }}', isTemplate: true },
      rows: { format: 'csv', data: { text: 'id,celsius\npress-1,21.4\n' } },
      loops: false,
    })
  })

  it('puts a column where the caret was last: into the topic, a property or the payload', async () => {
    const shown = show()
    const { dialog, fill, start } = await newForm(shown)
    await shown.user.click(dialog.getByRole('button', { name: 'Rows of data' }))
    await shown.user.click(dialog.getByLabelText('Rows'))
    await shown.user.paste('id,celsius\npress-1,21.4\n')
    const pick = (name: string) =>
      shown.user.click(within(dialog.getByRole('group', { name: 'Columns' })).getByRole('button', { name }))
    await fill('Topic', 'dev//state')
    const topic = dialog.getByLabelText<HTMLInputElement>('Topic')
    topic.setSelectionRange(4, 4)
    await pick('id')
    expect(topic.value).toBe('dev/{{ row.id }}/state')
    expect(document.activeElement).toBe(topic)
    await shown.user.click(dialog.getByRole('button', { name: 'Properties' }))
    await fill('Response topic', 'answers/')
    await pick('id')
    await shown.user.click(dialog.getByLabelText('Expiry (seconds)'))
    await pick('celsius')
    expect(dialog.queryAllByRole('alert')).toEqual([])
    act(() => EditorView.findFromDOM(dialog.getByLabelText('Payload'))?.focus())
    await pick('celsius')
    await start()
    await waitFor(() => expect(shown.started()).toHaveLength(1))
    expect(shown.started()[0]?.source).toMatchObject({
      message: {
        topic: 'dev/{{ row.id }}/state',
        responseTopic: 'answers/{{ row.id }}',
        messageExpiry: '{{ row.celsius }}',
        payload: '{{ row.celsius }}',
      },
    })
  })

  it('sends a recording as it was, and says of each line that is no message why', async () => {
    const unreadable = fail('rowUnreadable', '', {
      values: { problem: 'notWhole', line: 2, column: 1, detail: '' },
    }).error
    const facts = { messages: 1_200, lasts: 61_000, unreadable: [unreadable], unreadableCount: 1 }
    const shown = show([], { answers: { 'recording.check': () => ok(facts) } })
    const { dialog, fill, start } = await newForm(shown)
    await shown.user.click(dialog.getByRole('button', { name: 'Recording' }))
    expect(dialog.queryByLabelText('Topic')).toBeNull()
    await start()
    expect(dialog.getByText('A recording is missing.')).toBeTruthy()
    await shown.user.click(dialog.getByLabelText('Messages of the recording'))
    await shown.user.paste('lines')
    expect(await dialog.findByText(/^1,200 messages in /)).toBeTruthy()
    const lines = within(dialog.getByRole('list', { name: 'Lines that are left out' }))
    expect(lines.getByRole('listitem').textContent).toBe(
      'The data, line 2, column 1: only the beginning of the payload was recorded.',
    )
    await fill('Speed (times)', '4')
    expect(dialog.getByText('Sends a recording at 4 times its speed, until its last message.')).toBeTruthy()
    await start()
    await waitFor(() => expect(shown.started()).toHaveLength(1))
    expect(shown.started()).toMatchObject([
      {
        source: { kind: 'recording', data: { text: 'lines' }, loops: false },
        pace: { kind: 'recorded', speed: 4 },
      },
    ])
  })

  it('writes a list of messages with pauses, in an order that can be changed', async () => {
    const shown = show()
    const { dialog, fill, start } = await newForm(shown)
    await shown.user.click(dialog.getByRole('button', { name: 'List with pauses' }))
    await fill('Topic', 'one')
    await shown.user.click(dialog.getByRole('button', { name: 'Add message' }))
    await fill('Topic', 'two')
    await fill('Pause after message 2 (ms)', '250')
    await shown.user.click(dialog.getByRole('button', { name: 'Move message 2 up' }))
    expect(dialog.getByText('Sends 2 messages one after the other, first to two, once.')).toBeTruthy()
    await start()
    await waitFor(() => expect(shown.started()).toHaveLength(1))
    expect(shown.started()[0]).toMatchObject({
      pace: { kind: 'pauses' },
      source: {
        kind: 'list',
        steps: [
          { message: { topic: 'two' }, pauseMs: 250 },
          { message: { topic: 'one' }, pauseMs: 1_000 },
        ],
      },
    })
  })

  it('asks before it starts on production, with what, how fast, how long and where', async () => {
    const shown = show([planOf('a', { end: { count: null, afterMs: 60_000 } })], {
      profile: { production: true, name: 'Plant 7', host: 'plant7.example' },
    })
    await shown.user.click(within(shown.row('a')).getByRole('button', { name: 'Start sender' }))
    expect(shown.started()).toEqual([])
    const dialog = within(await screen.findByRole('dialog', { name: 'Start the sender on production?' }))
    expect(dialog.getByText(/Plant 7 \(plant7\.example\) is marked as production/)).toBeTruthy()
    expect(dialog.getByText('Sends a message every 1 s to plant/a, for 1.0 min.')).toBeTruthy()
    await shown.user.click(dialog.getByRole('button', { name: 'Start sender' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(shown.started().map(({ id }) => id)).toEqual(['a'])
  })
})
