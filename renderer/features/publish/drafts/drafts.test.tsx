import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { mostDrafts, type SavedDraft, type SavedDrafts } from '#shared/model/drafts'
import { largestSavedPayload } from '#shared/model/publish'
import type { SenderStatus } from '#shared/model/sender'
import { composeMessage } from '../../../state/composerRequest'
import { connectionsState } from '../../../state/connections'
import { noticesState } from '../../../state/notices'
import { sendersState } from '../../../state/senders'
import { sessionState } from '../../../state/session'
import { entryOf, onlineSession, openTestWindow } from '../../../testing/testWindow'
import { stubLayout } from '../../../ui/layoutTesting'
import { emptyMessage } from '#shared/model/publish'
import { newDraft } from '../composer/draft'
import { PublishPane } from '../PublishPane'
import { draftIn, publishState } from '../publishState'
import { draftsState } from './draftsState'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
beforeEach(() => void vi.stubGlobal('CSS', { escape: (text: string) => text }))
afterEach(cleanup)

const saved = (id: string, message: Partial<SavedDraft['message']>, more: Partial<SavedDraft> = {}): SavedDraft => ({
  id,
  name: '',
  message: { ...emptyMessage, ...message },
  everyMs: '1000',
  leftOut: null,
  ...more,
})

const running = (draftId: string, sent: number, connectionId = 'c'): SenderStatus => ({
  connectionId,
  senderId: draftId,
  name: '',
  topic: 'a',
  qos: 1,
  pace: { kind: 'interval', everyMs: 10 },
  devices: 1,
  startedAt: 0,
  counts: { sent, acknowledged: sent, refused: 0, lost: 0, interrupted: 0, skipped: 0 },
  unanswered: 0,
  late: 0,
  planned: null,
  progress: null,
  rate: 100,
  wantedRate: 100,
  driftMs: 0,
  intervals: null,
  recent: [],
  clientsOnline: null,
  firstRefusal: null,
  end: null,
})

/** The composers of two connections, `c` and `two`; that of `c` is drawn. */
const show = (drafts: SavedDrafts = { drafts: [], shownIn: {} }) => {
  const profiles = [entryOf({ id: 'c', name: 'Plant' }), entryOf({ id: 'two', name: 'Bench' })]
  const window = openTestWindow({ session: onlineSession(), snapshot: { profiles, drafts } })
  window.render(<PublishPane />)
  const form = within(screen.getByRole('form', { name: 'Publish' }))
  const other = window.app.get(connectionsState).open('two')
  return {
    ...window,
    form,
    other,
    user: userEvent.setup(),
    state: () => window.connection.get(publishState),
    all: () => window.app.get(draftsState).all,
    tabs: () => form.getAllByRole('tab').map((tab) => tab.textContent),
    shown: () => form.getByRole('tab', { selected: true }).textContent,
    topic: form.getByRole('combobox', { name: 'Topic' }),
    written: () => window.main.inputsOf('drafts.save').at(-1),
    undo: () => act(() => window.app.get(noticesState).all.at(-1)?.action?.run()),
  }
}

const two: SavedDrafts = {
  drafts: [saved('1', { topic: 'one' }), saved('2', { topic: 'two', payload: 'x' }, { name: 'Second' })],
  shownIn: { c: '2' },
}

describe('drafts', () => {
  it('come back with the tab that the connection showed', () => {
    const { tabs, shown, topic } = show(two)
    expect(tabs()).toEqual(['one', 'Second'])
    expect(shown()).toBe('Second')
    expect(topic).toHaveProperty('value', 'two')
  })

  it('are chosen, named and closed with the keyboard, and brought back where they were', async () => {
    const { user, form, tabs, shown, undo, topic } = show(two)
    form.getByRole('tab', { name: 'Second' }).focus()
    await user.keyboard('{ArrowLeft}')
    expect(shown()).toBe('one')
    expect(topic).toHaveProperty('value', 'one')
    await user.keyboard('{F2}First{Enter}')
    expect(tabs()).toEqual(['First', 'Second'])
    expect(document.activeElement?.textContent).toBe('First')
    await user.dblClick(form.getByRole('tab', { name: 'First' }))
    await user.keyboard('never{Escape}')
    expect(tabs()).toEqual(['First', 'Second'])
    form.getByRole('tab', { name: 'First' }).focus()
    await user.keyboard('{Delete}')
    expect(tabs()).toEqual(['Second'])
    expect(shown()).toBe('Second')
    undo()
    expect(tabs()).toEqual(['First', 'Second'])
    expect(shown()).toBe('First')
  })

  it('leave an empty one where the last is closed', async () => {
    const { user, form, tabs, topic, all } = show({ drafts: [saved('1', { topic: 'one' })], shownIn: { c: '1' } })
    await user.pointer({ keys: '[MouseMiddle]', target: form.getByRole('tab', { name: 'one' }) })
    expect(tabs()).toEqual(['New draft'])
    expect(topic).toHaveProperty('value', '')
    expect(all()).toEqual([])
  })

  it('are shared: a connection shows its own until it is given another, and what is typed is seen in both', () => {
    const { connection, other, state } = show(two)
    act(() => other.get(publishState).changeDraft({ topic: 'typed' }))
    expect(draftIn(connection).id).toBe('2')
    act(() => other.get(publishState).showDraft('2'))
    act(() => state().changeDraft({ payload: 'both' }))
    expect(draftIn(other).message.payload).toBe('both')
  })

  it('make room for a message that is to be edited, and lose nothing that was typed for it', async () => {
    const { user, connection, tabs, topic } = show()
    await user.type(topic, 'typed')
    const fill = (name: string) =>
      act(async () => {
        composeMessage(connection, { ...emptyMessage, topic: name })
        await Promise.resolve()
      })
    await fill('received/1')
    expect(tabs()).toEqual(['typed', 'received/1'])
    // Nobody has touched it: the next one may take its place.
    await fill('received/2')
    expect(tabs()).toEqual(['typed', 'received/2'])
    await user.type(topic, '/x')
    await fill('received/3')
    expect(tabs()).toEqual(['typed', 'received/2/x', 'received/3'])
  })

  it('keep one that is repeated, though nobody touched it', () => {
    const { app, connection, tabs } = show()
    act(() => composeMessage(connection, { ...emptyMessage, topic: 'a' }))
    act(() => app.get(sendersState).receive([running(draftIn(connection).id, 120)]))
    act(() => composeMessage(connection, { ...emptyMessage, topic: 'b' }))
    expect(tabs()).toEqual(['arepeating, sent: ↻ 120', 'b'])
  })

  it('are as many as a person can tell apart, and say so', () => {
    const { state, all, app, topic } = show()
    act(() => {
      for (let made = 0; made < mostDrafts; made++) app.get(draftsState).put({ ...newDraft(), name: String(made) })
    })
    act(() => state().changeDraft({ topic: 'one more' }))
    expect(all()).toHaveLength(mostDrafts)
    expect(topic).toHaveProperty('value', '')
    expect(app.get(noticesState).all.at(-1)?.content).toEqual({ text: { key: 'publish.drafts.full' } })
  })
})

describe('what is written of drafts', () => {
  it('is what was typed, at once and again before the window goes; empty ones are not', () => {
    const { app, state, written } = show()
    act(() => state().addDraft())
    expect(written()).toEqual({ drafts: [], shownIn: {} })
    act(() => state().changeDraft({ topic: 'a', payload: 'ha' }))
    act(() => state().changeDraft({ payload: 'half' }))
    app.get(draftsState).flush()
    const id = app.get(draftsState).all[0]?.id
    expect(written()).toMatchObject({ drafts: [{ id, message: { topic: 'a', payload: 'half' } }], shownIn: { c: id } })
  })

  it('has bytes as Base64, and leaves out what is too large or on disk, which is said before and after', () => {
    const { app, connection, form, written } = show()
    const file = (bytes: Uint8Array) => ({ name: 'a.bin', bytes })
    const composed = { ...emptyMessage, topic: 'a' }
    act(() => composeMessage(connection, composed, file(new Uint8Array([0, 255]))))
    app.get(draftsState).flush()
    expect(written()?.drafts).toMatchObject([{ message: { format: 'base64', payload: 'AP8=' }, leftOut: null }])
    act(() => composeMessage(connection, composed, file(new Uint8Array(largestSavedPayload + 1))))
    expect(form.getByText(/not kept over a restart/)).toBeTruthy()
    app.get(draftsState).flush()
    const drafts = written()?.drafts ?? []
    expect(drafts).toMatchObject([{ message: { topic: 'a', payload: '' }, leftOut: 'payload' }])
    cleanup()
    const later = show({ drafts, shownIn: written()?.shownIn ?? {} })
    expect(later.form.getByText(/was not kept over the restart/)).toBeTruthy()
    act(() => later.state().changeDraft({ payload: 'anew' }))
    expect(later.form.queryByText(/restart/)).toBeNull()
  })
})

describe('a draft that is repeated', () => {
  it('is sent as it is, at an interval within its range', async () => {
    const { user, form, topic, main, connection } = show()
    const every = form.getByLabelText('Every (ms)')
    await user.type(topic, 'beat')
    await user.clear(every)
    await user.click(form.getByRole('button', { name: 'Repeat' }))
    expect(form.getByRole('alert').textContent).toContain('1 to 86,400,000')
    await user.type(every, '86400001')
    expect(form.getByRole('alert').textContent).toContain('1 to 86,400,000')
    expect(main.inputsOf('sender.start')).toEqual([])
    await user.clear(every)
    await user.type(every, '250')
    await user.click(form.getByRole('button', { name: 'Repeat' }))
    const draftId = draftIn(connection).id
    const source = { kind: 'message', message: { topic: 'beat', qos: 0, retain: false } }
    expect(main.inputsOf('sender.start')).toMatchObject([
      { connectionId: 'c', plan: { id: draftId, source, pace: { kind: 'interval', everyMs: 250 } } },
    ])
  })

  it('says what became of it, and is stopped', async () => {
    const { user, form, main, connection, app, topic } = show()
    await user.type(topic, 'beat')
    const { id } = draftIn(connection)
    const counts = { sent: 1_000, acknowledged: 980, refused: 5, lost: 0, interrupted: 0, skipped: 7 }
    const firstRefusal = { code: 'publishRefused', message: 'No.', values: { reason: 'Not authorized' } } as const
    const series = { ...running(id, 0), counts, firstRefusal }
    act(() => app.get(sendersState).receive([series]))
    const line = () => form.getByText(/1,000 sent/).textContent
    expect(line()).toContain('1,000 sent · 980 acknowledged · 15 waiting · 5 refused · 7 behind, skipped')
    expect(line()).toContain('Not authorized')
    await user.click(form.getByRole('button', { name: 'Stop repeating' }))
    expect(main.inputsOf('sender.stop')).toEqual([{ connectionId: 'c', senderId: id }])
    act(() => app.get(sendersState).receive([{ ...series, end: { kind: 'stopped' } }]))
    expect(form.getByRole('button', { name: 'Repeat' })).toBeTruthy()
    expect(line()).toMatch(/^Stopped:/)
  })

  it('goes on as it was when it is changed, and says so', async () => {
    const { user, form, connection, app, topic, state } = show()
    await user.type(topic, 'beat')
    act(() => void state().repeatDraft(10))
    act(() => app.get(sendersState).receive([running(draftIn(connection).id, 3)]))
    expect(form.queryByText(/when it was started/)).toBeNull()
    await user.type(topic, '/2')
    expect(form.getByText(/when it was started/)).toBeTruthy()
  })

  it('is stopped when it is closed', () => {
    const { app, main, state, connection } = show()
    act(() => state().changeDraft({ topic: 'beat' }))
    const { id } = draftIn(connection)
    act(() => app.get(sendersState).receive([running(id, 3)]))
    act(() => app.get(sendersState).receive([running(id, 4, 'two')]))
    act(() => app.get(sendersState).receive([running('another', 4)]))
    act(() => state().closeDraft(id))
    expect(main.inputsOf('sender.stop')).toEqual([
      { connectionId: 'c', senderId: id },
      { connectionId: 'two', senderId: id },
    ])
  })

  it('goes to another connection as well, and its outcome is told with the name', async () => {
    const { user, form, topic, main, other } = show()
    act(() => other.get(sessionState).receive({ connectionId: 'two', state: onlineSession(), subscriptions: [] }))
    await user.type(topic, 'lamp')
    fireEvent.click(form.getByRole('button', { name: 'Send to…' }))
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Bench' }))
    expect(main.inputsOf('message.publish')).toMatchObject([{ connectionId: 'two', topic: 'lamp' }])
    await waitFor(() => expect(form.getByRole('status').textContent).toBe('Bench: Sent in 0.4 ms'))
  })
})
