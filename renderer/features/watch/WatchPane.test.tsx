import { act, cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { PayloadRule } from '#shared/model/payloadRule'
import type { Alert, Watch } from '#shared/model/watch'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { ok } from '#shared/result'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { chartsState } from '../../state/charts'
import { payloadRulesState } from '../../state/payloadRules'
import { startWatching } from '../../state/startWatching'
import { selectAlarmed, selectRang, watchedState } from '../../state/watched'
import { onlineSession, openTestWindow } from '../../testing/testWindow'
import { WatchPane } from './WatchPane'

const watchOf = (changed: Partial<Watch> = {}): Watch => ({
  id: 'w',
  connectionId: 'c',
  topic: 'plant/1',
  path: ['temp'],
  name: '',
  unit: '',
  rules: [],
  ...changed,
})

const stops: (() => void)[] = []
afterEach(() => {
  stops.splice(0).forEach((stop) => stop())
  cleanup()
})

const open = (watches: readonly Watch[], payloadRules: readonly PayloadRule[] = []) => {
  const alerts: Alert[] = []
  const window = openTestWindow({
    session: onlineSession(),
    snapshot: { watches, payloadRules: [...payloadRules] },
    answers: {
      'alert.show': (alert) => {
        alerts.push(alert)
        return ok(true)
      },
      'schemaFile.read': () =>
        ok({ kind: 'file', bytes: encodeUtf8('{"properties":{"temp":{"maximum":50}},"required":["temp"]}') }),
    },
  })
  stops.push(startWatching(window.app))
  let sequence = 1
  const receive = (...payloads: readonly (string | Uint8Array)[]) => {
    const messages = payloads.map((payload) => ({ topicId: 0, payload }))
    const names =
      sequence === 1 ? { firstTopicId: 0, newTopics: ['plant/1'], firstMatchSetId: 0, newMatchSets: [[]] } : {}
    const frame = frameOfMessages(sequence, messages, names)
    sequence += payloads.length
    act(() => window.receive([frame]))
  }
  window.render(<WatchPane />)
  return { ...window, receive, alerts }
}

describe('watched values', () => {
  it('say what the latest message says, with every number in the curve, and where it is missing', () => {
    const { receive } = open([watchOf({ unit: '°C' })])
    expect(screen.getByText('nothing yet')).toBeDefined()
    receive('{"temp":20}', '{"temp":25}', '{"temp":"21,5"}')
    expect(screen.getByText('21,5')).toBeDefined()
    expect(screen.getByText('°C')).toBeDefined()
    expect(screen.getByRole('img', { name: 'Its latest 3 numbers, from 20 to 25' })).toBeDefined()
    receive('{"other":1}')
    expect(screen.getByTitle('not in the latest message').textContent).toContain('21,5')
  })

  it('are charted from their rows', async () => {
    const { connection, receive } = open([watchOf()])
    expect(screen.queryByRole('button', { name: 'Chart this' })).toBeNull()
    receive('{"temp":20}')
    await userEvent.click(screen.getByRole('button', { name: 'Chart this' }))
    expect(connection.get(chartsState).charts).toMatchObject([{ series: [{ topic: 'plant/1', path: ['temp'] }] }])
  })

  it('have what was in the log before they were watched, which rings nothing', async () => {
    const { app, receive, alerts } = open([])
    receive('{"temp":20}', '{"temp":40}')
    act(() => app.get(watchedState).watch({ connectionId: 'c', topic: 'plant/1', path: ['temp'] }))
    expect(screen.getByRole('img', { name: 'Its latest 2 numbers, from 20 to 40' })).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Name, unit and rules…' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Boiler')
    await userEvent.click(screen.getByRole('button', { name: 'Add a rule' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(screen.getByText('This is not a number.')).toBeDefined()
    await userEvent.type(screen.getByRole('textbox', { name: 'Limit' }), '30')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(screen.getByText('Boiler')).toBeDefined()
    expect(screen.getByText('above 30').closest('li')?.dataset['holds']).toBe('true')
    expect(alerts).toEqual([])
  })

  it('ring once while a rule holds: in the tree, at the message, and as a notification', () => {
    const { app, receive, alerts } = open([watchOf({ rules: [{ kind: 'above', limit: 30 }] })])
    receive('{"temp":20}', '{"temp":31}', '{"temp":29.9}', '{"temp":33}')
    const watched = app.get(watchedState)
    expect([1, 2, 3, 4].filter((sequence) => selectRang('c', sequence)(watched))).toEqual([2])
    expect(selectAlarmed('c', 'plant/1')(watched)).toBe(true)
    expect(alerts.map(({ title, body, sequence }) => [title, body, sequence])).toEqual([
      ['plant/1 $.temp', expect.stringContaining('31 (above 30)'), 2],
    ])
    receive('{"temp":20}')
    expect(selectAlarmed('c', 'plant/1')(app.get(watchedState))).toBe(false)
    receive('{"temp":31}')
    expect(alerts).toHaveLength(2)
  })

  it('ring at a message that passes a query', () => {
    const { receive, alerts } = open([watchOf({ rules: [{ kind: 'query', query: '$.state="open"' }] })])
    receive('{"temp":1,"state":"open"}', '{"temp":1,"state":"shut"}', '{"temp":1,"state":"open"}')
    expect(alerts.map(({ sequence }) => sequence)).toEqual([1, 3])
  })

  it('are read as rules decode them, in the order in which they came, and anew when a rule goes', async () => {
    const temp = (value: number) => Uint8Array.of(0xa1, 0x64, 0x74, 0x65, 0x6d, 0x70, 0x18, value)
    const rules: Watch['rules'] = [
      { kind: 'above', limit: 30 },
      { kind: 'changed' },
      { kind: 'query', query: '$.temp=50' },
    ]
    const { app, receive, alerts } = open(
      [watchOf({ rules })],
      [{ id: 'r', connectionId: null, filter: 'plant/#', decoder: 'cbor' }],
    )
    receive(temp(40), temp(41), temp(41))
    receive(temp(50), temp(25).slice(0, 4))
    expect((await screen.findByTitle('not in the latest message')).textContent).toBe('50')
    expect(screen.getByRole('img', { name: 'Its latest 4 numbers, from 40 to 50' })).toBeDefined()
    expect(alerts.map(({ sequence }) => sequence)).toEqual([1, 2, 4, 4, 5])
    act(() => {
      app.get(payloadRulesState).remove('r')
    })
    await waitFor(() => expect(screen.queryByText('50')).toBeNull())
    expect(alerts).toHaveLength(5)
  })

  it('ring where a decoded payload does not conform to the schema of its topic, or cannot be decoded', async () => {
    const temp = (value: number) => Uint8Array.of(0xa1, 0x64, 0x74, 0x65, 0x6d, 0x70, 0x18, value)
    const schema = { kind: 'jsonSchema', path: '/schemas/press.json' } as const
    const { receive, alerts } = open(
      [watchOf({ rules: [{ kind: 'schema' }] })],
      [
        { id: 'r', connectionId: null, filter: 'plant/#', decoder: 'cbor' },
        { id: 's', connectionId: null, filter: 'plant/+', schema },
      ],
    )
    const rule = () => screen.getByText('does not conform to its schema').closest('li')?.dataset['holds']
    receive(temp(40))
    await waitFor(() => expect(screen.getByText('40')).toBeDefined())
    // The schema is read when the first message is held against it.
    receive(temp(41))
    await waitFor(() => expect(screen.getByText('41')).toBeDefined())
    expect([alerts.length, rule()]).toEqual([0, undefined])
    receive(temp(90))
    await waitFor(() => expect(rule()).toBe('true'))
    receive(temp(42))
    await waitFor(() => expect(rule()).toBeUndefined())
    receive(temp(42).slice(0, 5))
    await waitFor(() => expect(alerts.map(({ sequence }) => sequence)).toEqual([3, 5]))
  })

  it('are told as offline while the connection is', () => {
    const { receive, setSession } = open([watchOf({ rules: [{ kind: 'silent', seconds: 1 }] })])
    receive('{"temp":1}')
    act(() => setSession({ phase: 'offline' }))
    expect(screen.queryByText('offline')).not.toBeNull()
  })

  it('that are removed can be brought back', async () => {
    const { app } = open([watchOf()])
    await userEvent.click(screen.getByRole('button', { name: 'Watch no more' }))
    expect(screen.getByText('No value is watched')).toBeDefined()
    expect(app.get(watchedState).watches).toEqual([])
  })
})
