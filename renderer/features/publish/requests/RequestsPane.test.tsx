import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { Exchange, ExchangesChange, ExchangeState } from '#shared/model/request'
import { defaultSettings } from '#shared/model/settings'
import { fail } from '#shared/result'
import { selectionState } from '../../../state/selection'
import { onlineSession, openTestWindow } from '../../../testing/testWindow'
import { PublishPane } from '../PublishPane'
import { publishState } from '../publishState'
import { RequestsPane } from './RequestsPane'
import { requestsState } from './requestsState'

afterEach(cleanup)

const exchange = (given: Partial<Exchange> & Pick<Exchange, 'id'>): Exchange => ({
  state: 'waiting',
  topic: 'plant/get',
  responseTopic: 'topicscope/c/response',
  correlationData: '01',
  at: 0,
  timeoutMs: 5_000,
  requestSequence: 1,
  answerSequence: null,
  roundTripMs: null,
  isUnheard: false,
  error: null,
  unmatched: null,
  ...given,
})

const noCounts: Record<ExchangeState, number> = {
  subscribing: 0,
  waiting: 0,
  answered: 0,
  timedOut: 0,
  late: 0,
  refused: 0,
  unmatched: 0,
}

const change = (exchanges: readonly Exchange[], given: Partial<ExchangesChange> = {}): ExchangesChange => ({
  connectionId: 'c',
  exchanges,
  isAll: false,
  summary: { counts: noCounts, roundTrips: null },
  ...given,
})

const show = (exchanges: readonly Exchange[], given: Partial<ExchangesChange> = {}) => {
  const opened = openTestWindow({ session: onlineSession() })
  opened.connection.get(requestsState).receive(change(exchanges, given))
  opened.render(<RequestsPane />)
  return { ...opened, user: userEvent.setup(), rows: () => screen.getAllByRole('listitem') }
}

describe('the requests of a connection', () => {
  it('stand with their answers, the newest first, and say what became of them', () => {
    const { rows } = show([
      exchange({ id: 1, state: 'late', answerSequence: 4, roundTripMs: 5_250 }),
      exchange({ id: 2, isUnheard: true }),
      exchange({ id: 3, state: 'unmatched', topic: '', requestSequence: null, answerSequence: 5, unmatched: 'again' }),
      exchange({ id: 4, state: 'refused', error: fail('notConnected', '').error }),
    ])
    expect(rows().map(({ dataset }) => [dataset['request'], dataset['state']])).toEqual([
      ['4', 'refused'],
      ['3', 'unmatched'],
      ['2', 'waiting'],
      ['1', 'late'],
    ])
    const [, unmatched, unheard, late] = rows().map((row) => row.textContent)
    expect(unmatched).toContain('Its request had an answer already.')
    expect(unheard).toContain('nobody has subscribed')
    expect(late).toContain('5,250 ms')
    expect(late).toContain('250 ms after the time-out')
  })

  it('show the request or the answer in the details', async () => {
    const { user, rows, connection } = show([exchange({ id: 1, state: 'answered', answerSequence: 4, roundTripMs: 3 })])
    const [row] = rows()
    if (!row) throw new Error('There is no row.')
    await user.click(within(row).getByRole('button', { name: /^Answer/ }))
    expect(connection.get(selectionState).selection).toMatchObject({ kind: 'message', sequence: 4 })
    await user.click(within(row).getByRole('button', { name: /^Request/ }))
    expect(connection.get(selectionState).selection).toMatchObject({ kind: 'message', sequence: 1 })
  })

  it('are one Tab stop, and arrow keys go along calls and answers', async () => {
    const { user } = show([
      exchange({ id: 1, answerSequence: 2 }),
      exchange({ id: 2, requestSequence: 3, answerSequence: 4 }),
    ])
    screen.getByRole('button', { name: 'Clear requests' }).focus()
    await user.tab()
    const focused = () => document.activeElement?.getAttribute('data-place')
    expect(focused()).toBe('2 request')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('2 answer')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('1 request')
  })

  it('are counted, with the round trips of all answers', () => {
    show([], {
      summary: {
        counts: { ...noCounts, answered: 97, late: 2, timedOut: 1, unmatched: 3 },
        roundTrips: { p50: 1.234, p95: 12.34, p99: 1_234.4, most: 2_000 },
      },
    })
    const value = (name: string) => document.querySelector(`[data-summary="${name}"]`)?.textContent
    expect(['count', 'answered', 'late', 'timedOut', 'unmatched'].map(value)).toEqual(['100', '97', '2', '1', '3'])
    expect(['p50', 'p95', 'p99'].map(value)).toEqual(['1.23', '12.3', '1,234'])
  })

  it('are cleared by main, which keeps those that wait', async () => {
    const { user, main, connection, rows } = show([exchange({ id: 1, state: 'answered' }), exchange({ id: 2 })])
    await user.click(screen.getByRole('button', { name: 'Clear requests' }))
    expect(main.inputsOf('request.clear')).toEqual([{ connectionId: 'c' }])
    connection.get(requestsState).receive(change([exchange({ id: 2 })], { isAll: true }))
    await waitFor(() => expect(rows()).toHaveLength(1))
  })
})

describe('the composer', () => {
  const compose = (protocolVersion: '5' | '3.1.1' = '5', settings = defaultSettings) => {
    const opened = openTestWindow({ session: onlineSession({ protocolVersion }), snapshot: { settings } })
    opened.connection.get(publishState).changeDraft({ topic: 'plant/get', payload: 'speed?' })
    opened.render(<PublishPane />)
    return { ...opened, user: userEvent.setup() }
  }

  it('sends what stands in it as a request', async () => {
    const { user, main } = compose()
    const timeout = screen.getByLabelText('Time-out (ms)')
    await user.clear(timeout)
    await user.type(timeout, '250')
    expect(screen.queryByLabelText('Answer on')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Request' }))
    expect(main.inputsOf('request.send')).toMatchObject([
      { connectionId: 'c', message: { topic: 'plant/get', payload: 'speed?' }, timeoutMs: 250 },
    ])
  })

  it('asks for the topic of the answer where the message cannot say it', async () => {
    const { user, main } = compose('3.1.1')
    expect(screen.getByLabelText('Answer on')).toHaveProperty('value', '{{ topic }}/response')
    await user.click(screen.getByRole('button', { name: 'Request' }))
    expect(main.inputsOf('request.send')).toMatchObject([{ responsePattern: '{{ topic }}/response' }])
  })

  it('keeps what requests of a connection were sent with over a restart', async () => {
    const { user, main } = compose('3.1.1')
    const pattern = screen.getByLabelText('Answer on')
    await user.clear(pattern)
    await user.type(pattern, 'answers')
    expect(main.inputsOf('settings.save')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Request' }))
    await waitFor(() => expect(main.inputsOf('settings.save')).toHaveLength(1))
    const [settings] = main.inputsOf('settings.save')
    expect(settings?.requestOptions).toEqual({ c: { timeoutMs: '5000', responsePattern: 'answers' } })
    cleanup()
    compose('3.1.1', { ...defaultSettings, requestOptions: { c: { timeoutMs: '70', responsePattern: 'answers' } } })
    expect(screen.getByLabelText('Answer on')).toHaveProperty('value', 'answers')
    expect(screen.getByLabelText('Time-out (ms)')).toHaveProperty('value', '70')
  })

  it('says why a request was not sent, and what became of the latest', async () => {
    const { user, main, connection } = compose()
    main.answer({ 'request.send': () => fail('notConnected', 'Connect before publishing.') })
    await user.click(screen.getByRole('button', { name: 'Request' }))
    await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/connect/i))
    connection.get(requestsState).receive(change([exchange({ id: 1, state: 'answered', roundTripMs: 4.2 })]))
    expect(await screen.findByRole('button', { name: 'Request answered in 4.20 ms' })).toBeTruthy()
  })

  it('sends no request with a time-out that is none', async () => {
    const { user } = compose()
    await user.clear(screen.getByLabelText('Time-out (ms)'))
    expect(screen.getByRole('button', { name: 'Request' })).toHaveProperty('disabled', true)
  })
})
