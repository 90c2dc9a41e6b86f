import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { ConnackFacts, ConnectionDetails, HistoryEvent } from '#shared/model/connectionDetails'
import { failureFrom } from '#shared/model/failureTesting'
import type { Language } from '#shared/model/settings'
import { ok } from '#shared/result'
import { dialogsState } from '../../../state/dialogs'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { ReturnedNote } from '../notes/ReturnedNote'
import { ConnectionDetailsDialog } from './ConnectionDetailsDialog'

afterEach(cleanup)

const connack: ConnackFacts = {
  protocolVersion: '5',
  session: 'begunAnew',
  asked: { keepaliveSeconds: 33, sessionExpirySeconds: 300, clientId: '', cleanStart: true },
  said: { serverKeepAlive: 11, assignedClientIdentifier: 'auto-1', reasonString: 'hi\u202Ethere', receiveMaximum: 20 },
  userProperties: [
    ['region', 'eu'],
    ['region', 'us'],
  ],
}
const dropped = failureFrom({ code: 'connectionReset', message: 'ECONNRESET' })
const historyOf = (...events: HistoryEvent[]) =>
  events.map((event, index) => ({ number: index + 1, at: Date.UTC(2026, 0, 2, 12, 3, index), event }))
const cameUp: HistoryEvent = {
  kind: 'cameUp',
  address: '10.0.0.7:1883',
  protocolVersion: '5',
  clientId: 'auto-1',
  session: 'begunAnew',
  resentMessages: 2,
  awayMs: 3_000,
}

const openWindow = (details: ConnectionDetails, language: Language = 'en') => {
  const returned = { endedAt: Date.UTC(2026, 0, 2, 12, 3, 4), reason: dropped, awayMs: 3_000 }
  const { app, connection, main, render } = openTestWindow({
    profile: { name: 'Bench', host: 'broker.example' },
    session: onlineSession({ returned }),
    answers: { 'session.details': () => ok(details) },
  })
  render(
    <>
      <ReturnedNote />
      <ConnectionDetailsDialog />
    </>,
    language,
  )
  return {
    app,
    open: () => act(() => app.get(dialogsState).show(connection, { kind: 'details' })),
    copied: () => main.inputsOf('clipboard.write').map(({ text }) => text),
  }
}
const everything: ConnectionDetails = {
  connack,
  history: historyOf(
    { kind: 'failed', failure: dropped, tries: 3, lastAt: 0, triesAgain: true },
    cameUp,
    { kind: 'ended', failure: dropped, upMs: 61_000, triesAgain: true },
    { kind: 'disconnected', upMs: null },
    { kind: 'disconnected', upMs: 4_000 },
  ),
  forgotten: 7,
}
const section = (name: string) => within(screen.getByRole('region', { name }))

describe('the details of a connection', () => {
  it('say of each property of CONNACK whose word it is', async () => {
    openWindow(everything).open()
    const table = await screen.findByRole('table', { name: 'Broker says' })
    const row = (name: string) => within(table).getByRole('rowheader', { name }).closest('tr')?.textContent
    expect(row('Keepalive')).toBe('Keepalive11 ssaid by the broker; asked: 33 s')
    expect(row('Client ID')).toBe('Client IDauto-1said by the broker; asked: none')
    expect(row('Session expiry')).toBe('Session expiry300 sas asked')
    expect(row('Messages in flight')).toBe('Messages in flight20said by the broker')
    expect(row('Highest QoS')).toBe('Highest QoS2default of MQTT 5 (§3.2.2.3.4)')
    expect(row('Session')).toContain('what the broker held is gone')
    const pairs = screen.getByRole('table', { name: 'User properties' })
    expect(
      within(pairs)
        .getAllByRole('row')
        .map(({ textContent }) => textContent),
    ).toEqual(['regioneu', 'regionus'])
  })

  it('tell the history newest first, and what was forgotten', async () => {
    openWindow(everything).open()
    const list = await screen.findByRole('list', { name: 'History' })
    const texts = within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
    expect(texts).toHaveLength(5)
    expect(texts[0]).toContain('Disconnected by you after 4 s.')
    expect(texts[2]).toContain('Dropped after 1 min: The connection was reset')
    expect(texts[2]).toContain('Another try follows.')
    expect(texts[3]).toContain('2 messages were sent again. Back after 3 s.')
    expect(texts[4]).toContain('Not connected, 3 tries')
    expect(section('History').getByText('7 older entries were not kept.')).toBeTruthy()
  })

  it('are copied as text, whole and with hidden characters visible', async () => {
    const user = userEvent.setup()
    const { open, copied } = openWindow(everything)
    open()
    await user.click(await screen.findByRole('button', { name: 'Copy as text' }))
    const text = copied()[0] ?? ''
    expect(text).toContain('Connection “Bench” (mqtt://broker.example:1883)')
    expect(text).toContain('Keepalive: 11 s (said by the broker; asked: 33 s)')
    expect(text).toContain('User properties: region = us')
    expect(text).not.toContain('\u202E')
    expect(text.split('\n').filter((line) => line.startsWith('2026-01-02T12:03:'))).toHaveLength(5)
  })

  it('hold at the length of a text that a broker may send', async () => {
    const long = 'x'.repeat(65_535)
    openWindow({
      ...everything,
      connack: { ...connack, said: { reasonString: long }, userProperties: [[long, long]] },
    }).open()
    const dialog = await screen.findByRole('dialog')
    await screen.findByRole('table', { name: 'Broker says' })
    expect(dialog.textContent.length).toBeLessThan(10_000)
    expect(dialog.textContent).toContain('65,235')
  })

  it.each(['zh-CN', 'zh-TW'] as const)('have words for everything in %s', async (language) => {
    openWindow(everything, language).open()
    const dialog = await screen.findByRole('dialog')
    await waitFor(() => expect(dialog.querySelectorAll('li')).toHaveLength(5))
    expect(dialog.textContent).not.toContain('connections.details')
  })

  it('before MQTT 5 claim nothing the version cannot say', async () => {
    const asked = { keepaliveSeconds: 60, sessionExpirySeconds: null, clientId: 'c', cleanStart: false }
    const facts = {
      ...connack,
      protocolVersion: '3.1',
      session: 'notSaid',
      asked,
      said: {},
      userProperties: [],
    } as const
    openWindow({ ...everything, connack: facts }).open()
    const table = await screen.findByRole('table', { name: 'Broker says' })
    expect(table.textContent).toContain('MQTT 3.1 does not say')
    expect(table.textContent).not.toContain('default of MQTT 5')
  })
})

describe('a connection that is back', () => {
  it('says why it was away until that is put away, and leads to its history', async () => {
    const user = userEvent.setup()
    const { app } = openWindow(everything)
    expect(screen.getByRole('status').textContent).toMatch(/^Dropped .*: The connection was reset .* Back after 3 s\.$/)
    await user.click(screen.getByRole('button', { name: 'History' }))
    expect(app.get(dialogsState).shown?.dialog.kind).toBe('details')
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByRole('status')).toBeNull()
  })
})
