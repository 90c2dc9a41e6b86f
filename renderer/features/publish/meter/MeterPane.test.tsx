import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { MeterStatus } from '#shared/model/meter'
import { fail, ok } from '#shared/result'
import { dialogsState } from '../../../state/dialogs'
import { onlineSession, openTestWindow, type TestWindowOptions } from '../../../testing/testWindow'
import { MeterPane } from './MeterPane'
import { meterFormState } from './meterFormState'
import { metersState } from './metersState'
import { meterOf, timesOf } from './meterTesting'

afterEach(cleanup)

const show = (meters: readonly MeterStatus[] = [], options: TestWindowOptions = {}) => {
  const opened = openTestWindow({ session: onlineSession(), snapshot: { meters }, ...options })
  opened.render(<MeterPane />)
  return {
    ...opened,
    user: userEvent.setup(),
    started: () => opened.main.inputsOf('meter.start'),
    press: (name: string) => userEvent.setup().click(screen.getByRole('button', { name })),
    numbers: (...names: readonly string[]) =>
      names.map((name) => document.querySelector<HTMLElement>(`[data-meter="${name}"]`)?.dataset['value']),
  }
}

describe('the delivery meter', () => {
  it('measures the connection with one press: messages with every QoS in turn go out and come back', async () => {
    const { press, started } = show()
    expect(screen.getByText('Nothing measured yet')).toBeTruthy()
    await press('Start sender')
    const [request] = started()
    expect(request).toMatchObject({
      stamp: { carrier: 'payload' },
      send: { connectionId: 'c', plan: { pace: { kind: 'rate', perSecond: 100 }, end: { count: 1_000 } } },
      receive: { connectionId: 'c' },
      lateAfterMs: 1_000,
    })
    const source = request?.send?.plan.source
    const steps = source?.kind === 'list' ? source.steps : []
    expect(steps.map(({ message }) => message.qos)).toEqual([0, 1, 2])
    expect(new Set(steps.map(({ message }) => message.topic))).toEqual(new Set([request?.receive.filter]))
    // With its stamp of 43 bytes a payload has the 100 bytes that the form says.
    expect(steps.map(({ message }) => message.payload.length)).toEqual([57, 57, 57])
  })

  it('takes what is typed, and names what is wrong with it beside its field', async () => {
    const { user, press, started, connection } = show()
    await user.selectOptions(screen.getByLabelText('QoS'), '1')
    await user.selectOptions(screen.getByLabelText('Stamp in'), 'topicLevel')
    const type = async (label: string, text: string) => {
      await user.clear(screen.getByLabelText(label))
      if (text !== '') await user.type(screen.getByLabelText(label), text)
    }
    await type('Topic', 'a/#')
    await type('Late after (ms)', '0')
    await press('Start sender')
    expect(started()).toEqual([])
    expect(screen.getByLabelText('Topic').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByLabelText('Late after (ms)').getAttribute('aria-invalid')).toBe('true')
    await type('Topic', 'a')
    await type('Late after (ms)', '250')
    await type('Every (ms)', '20')
    await type('Count', '')
    await press('Start sender')
    const [request] = started()
    expect(request).toMatchObject({
      send: { plan: { pace: { kind: 'interval', everyMs: 20 }, end: { count: null } } },
      receive: { filter: 'a/+' },
      lateAfterMs: 250,
    })
    expect(connection.get(meterFormState).tried).toBe(false)
    await type('Filter', 'b')
    expect(screen.getByText(/would count as lost/)).toBeTruthy()
  })

  it('says why it did not start', async () => {
    const { press } = show([], { answers: { 'meter.start': () => fail('notConnected', 'Connect.') } })
    await press('Start sender')
    await waitFor(() => expect(screen.getByRole('alert')).toBeTruthy())
  })

  it('asks before it sends where others depend on the connection', async () => {
    const { press, started, app } = show([], { profile: { production: true } })
    await press('Start sender')
    expect(started()).toEqual([])
    expect(app.get(dialogsState).shown?.dialog).toMatchObject({ kind: 'startSender', meter: { receive: {} } })
  })

  it('only listens where others send', async () => {
    const { user, press, started } = show()
    await user.selectOptions(screen.getByLabelText('Send from'), 'Others send, and stamp as Topicscope does')
    await user.type(screen.getByLabelText('Filter'), 'plant/#')
    await press('Start listening')
    expect(started()).toMatchObject([{ send: null, receive: { filter: 'plant/#' } }])
  })

  it('shows what it counts while it goes on, and stops', async () => {
    const { numbers, main, press, app } = show([meterOf({ phase: { kind: 'running' } })])
    expect(numbers('sent', 'received', 'lost', 'duplicated', 'reordered')).toEqual(['1000', '997', '3', '2', '1'])
    await press('Stop sender')
    expect(main.inputsOf('meter.stop')).toEqual([{ meterId: 'm' }])
    const later = meterOf({ phase: { kind: 'settling' } })
    app.get(metersState).receive({ ...later, counts: { ...later.counts, received: 1_000, lost: 0 } })
    await waitFor(() => expect(numbers('received', 'lost')).toEqual(['1000', '0']))
    expect(screen.getByRole('status').textContent).toContain('waits for what is on its way')
  })

  it('says of what came again why, and what limits the numbers', () => {
    const meter = meterOf()
    show([{ ...meter, counts: { ...meter.counts, copies: 1, redelivered: 2 }, notes: ['receiverWasAway'] }])
    const text = screen.getByRole('group', { name: 'Results' }).textContent
    expect(text).toContain('1 copy came for other subscriptions')
    expect(text).toContain('2 messages came again as MQTT wants it')
    expect(text).toContain('The receiver was not connected for a time')
  })

  it('says with which QoS the filter is subscribed to where that lowered messages', () => {
    const meter = meterOf({ grantedQos: 0 })
    show([{ ...meter, counts: { ...meter.counts, lowered: 4 } }])
    expect(screen.getByText(/^The filter is subscribed to with QoS 0: by a subscription of yours/)).toBeTruthy()
  })

  it('has the times of each QoS in a table, and the histogram as a picture with a name and as a table', () => {
    show([meterOf()])
    const [times, histogram] = screen.getAllByRole('table')
    expect(within(times as HTMLElement).getAllByRole('row')).toHaveLength(4)
    expect(document.querySelector('[data-latency="1"] [data-percentile="p99"]')?.textContent).toBe('4.50')
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain('half of them up to 1.50 ms')
    expect(
      within(histogram as HTMLElement)
        .getAllByRole('row')
        .map(({ textContent }) => textContent),
    ).toEqual(['Latency (ms)QoS 0QoS 1', '1 ms – 1.3 ms34', '1.3 ms – 1.5 ms00', '1.5 ms – 5 ms70'])
  })

  it('tells the times of others above the shortest one, and that their clock is another', () => {
    const run = { run: 'pump-3', missing: 2, aboveLeast: timesOf(), counts: meterOf().counts }
    show([meterOf({ sendOn: null, topic: '', latencies: null, byQos: [], foreign: [run] })])
    expect(document.querySelector('[data-foreign="pump-3"]')?.textContent).toContain('1.50')
    expect(screen.getByText(/How far it is from this one is not known/)).toBeTruthy()
    expect(screen.queryByText(/one steady clock/)).toBeNull()
  })

  it('says why it failed', () => {
    show([meterOf({ phase: { kind: 'failed', error: fail('stampNeedsObject', '').error } })])
    expect(screen.getByRole('alert').textContent).toContain('JSON object')
  })

  it('lets one of several be chosen and removed', async () => {
    const { user, main, press } = show([meterOf({ meterId: 'old', filter: 'first' }), meterOf()])
    await user.selectOptions(screen.getByLabelText('Measurement'), 'old')
    await press('Remove the measurement')
    expect(main.inputsOf('meter.remove')).toEqual([{ meterId: 'old' }])
    main.tell({ name: 'meter.removed', payload: { meterId: 'old' } })
  })

  it('saves a report in three formats', async () => {
    const { press, main } = show([meterOf()], { answers: { 'file.save': () => ok('/tmp/report') } })
    for (const name of ['JSON', 'CSV', 'HTML']) await press(name)
    expect(main.inputsOf('file.save').map(({ suggestedName }) => suggestedName)).toEqual([
      'delivery-2026-11-30T00-00-00.json',
      'delivery-2026-11-30T00-00-00.csv',
      'delivery-2026-11-30T00-00-00.html',
    ])
  })
})
