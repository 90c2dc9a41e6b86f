import { describe, expect, it } from 'vitest'
import { messageOf } from '../../electron/core/senders/sendersTesting'
import type { Exchange } from '../../shared/model/request'
import { requestWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { connectionId, createRequestStarter, device } from './requestHarness'
import { politely } from './sessionFakeServer'

const { started, startedFake } = createRequestStarter()

const states = (exchanges: readonly Exchange[]) => exchanges.map(({ state }) => state)

describe('a request with MQTT 5', () => {
  it('names a response topic of its own and its correlation data, and its answer comes to it', async () => {
    const { broker: running, request, reach, known, unsubscribed } = await started()
    const { requests, answer } = await device(running.port())
    await request({ message: messageOf({ topic: 'plant/get', payload: 'speed?' }) })
    await request({ message: messageOf({ topic: 'plant/get', payload: 'heat?' }) })
    const [first, second] = await requests(2)
    expect(first?.properties?.responseTopic).toBe('topicscope/asker/response')
    expect(first?.properties?.correlationData).toHaveLength(16)
    expect(second?.properties?.correlationData).not.toEqual(first?.properties?.correlationData)
    // In the other order: the answer says to which request it belongs.
    answer('topicscope/asker/response', 'warm', second?.properties?.correlationData)
    await reach('one answer', (all) => all.some(({ state }) => state === 'answered'))
    answer('topicscope/asker/response', 'fast', first?.properties?.correlationData)
    const both = await reach('two answers', (all) => all.every(({ state }) => state === 'answered'))
    expect(both.map(({ topic }) => topic)).toEqual(['plant/get', 'plant/get'])
    expect(both[0]?.answerSequence).toBeGreaterThan(both[1]?.answerSequence ?? 0)
    expect(both[0]?.requestSequence).toBeGreaterThan(0)
    const { counts, roundTrips } = (await known())?.summary ?? {}
    expect(counts).toMatchObject({ answered: 2, waiting: 0 })
    expect(roundTrips?.p99).toBe(both[0]?.roundTripMs)
    expect(roundTrips?.p50).toBe(both[1]?.roundTripMs)
    await unsubscribed()
  })

  it('is in no list of subscriptions', async () => {
    const { broker: running, request, snapshot } = await started()
    const { requests } = await device(running.port())
    await request({ message: messageOf({ topic: 'plant/get' }) })
    await requests(1)
    const [session] = (await snapshot()).sessions
    expect(session?.subscriptions).toEqual([])
  })

  it('takes a response topic and correlation data that were written, also as templates', async () => {
    const { broker: running, request, reach } = await started()
    const { requests, answer } = await device(running.port())
    const written = { responseTopic: 'answers/{{ 7 }}', correlationData: '0x0102', isTemplate: true }
    await request({ message: messageOf({ topic: 'plant/get', ...written }) })
    const [asked] = await requests(1)
    expect(asked?.properties).toMatchObject({ responseTopic: 'answers/7', correlationData: Buffer.from([1, 2]) })
    answer('answers/7', 'yes', Buffer.from([1, 2]))
    expect(await reach('an answer', ([one]) => one?.state === 'answered')).toMatchObject([
      { responseTopic: 'answers/7', correlationData: '0102' },
    ])
  })

  it('that is answered after its time-out is late, and says after how long', async () => {
    const { broker: running, request, reach } = await started()
    const { requests, answer } = await device(running.port())
    await request({ message: messageOf({ topic: 'plant/get' }), timeoutMs: 1 })
    const [asked] = await requests(1)
    await reach('none in time', ([one]) => one?.state === 'timedOut')
    answer('topicscope/asker/response', 'slow', asked?.properties?.correlationData)
    const [late] = await reach('a late answer', ([one]) => one?.state === 'late')
    expect(late?.roundTripMs).toBeGreaterThan(1)
  })

  it('with correlation data that was written twice gets an answer each', async () => {
    const { broker: running, request, reach } = await started()
    const { requests, answer } = await device(running.port())
    const message = messageOf({ topic: 'plant/get', correlationData: 'same' })
    await request({ message })
    await request({ message })
    await requests(2)
    answer('topicscope/asker/response', 'one', Buffer.from('same'))
    expect(states(await reach('one answer', ([one]) => one?.state === 'answered'))).toEqual(['answered', 'waiting'])
    answer('topicscope/asker/response', 'two', Buffer.from('same'))
    await reach('two answers', (all) => all.every(({ state }) => state === 'answered'))
  })

  it('names answers that belong to no request', async () => {
    const { broker: running, request, reach } = await started()
    const { requests, answer } = await device(running.port())
    await request({ message: messageOf({ topic: 'plant/get' }) })
    await request({ message: messageOf({ topic: 'plant/get' }) })
    const [first] = await requests(2)
    const correlation = first?.properties?.correlationData
    const topic = 'topicscope/asker/response'
    answer(topic, 'one', correlation)
    answer(topic, 'two', correlation)
    answer(topic, 'three', Buffer.from('other'))
    answer(topic, 'four')
    const all = await reach('three unmatched', (found) => found.filter((one) => one.unmatched).length === 3)
    expect(states(all)).toEqual(['answered', 'waiting', 'unmatched', 'unmatched', 'unmatched'])
    expect(all.flatMap(({ unmatched }) => unmatched ?? [])).toEqual(['again', 'unknown', 'noCorrelation'])
  })

  it('does not remember all of what somebody sends as correlation data', async () => {
    const { broker: running, request, reach } = await started()
    const { requests, answer } = await device(running.port())
    await request({ message: messageOf({ topic: 'plant/get' }) })
    await requests(1)
    answer('topicscope/asker/response', 'no', Buffer.alloc(60_000, 7))
    const all = await reach('one unmatched', (found) => found.some(({ unmatched }) => unmatched === 'unknown'))
    expect(all.at(-1)?.correlationData).toBe(`${'07'.repeat(64)}…`)
  })

  it('is not sent where the broker refuses its response topic', async () => {
    const { request, reach, received } = await startedFake((packet, connection) => {
      if (packet.cmd !== 'subscribe') politely()(packet, connection)
      else connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x87] })
    })
    await request({ message: messageOf({ topic: 'plant/get' }) })
    expect(await reach('a refusal', ([one]) => one?.state === 'refused')).toMatchObject([
      { error: { code: 'subscribeRefused', reasonCode: 0x87 }, requestSequence: null },
    ])
    expect(received().filter(({ cmd }) => cmd === 'publish')).toEqual([])
  })

  it('has its response topic under the Response Information of the broker', async () => {
    const connack = { properties: { responseInformation: 'for/asker/' } }
    const { request, reach } = await startedFake(politely(() => undefined, connack))
    await request({ message: messageOf({ topic: 'plant/get' }) })
    await reach(
      'a request under way',
      ([one]) => one?.state === 'waiting' && one.responseTopic === 'for/asker/response',
    )
  })

  it('that nobody has subscribed to says so', async () => {
    const { request, reach } = await started()
    await request({ message: messageOf({ topic: 'nobody', qos: 1 }) })
    await reach('a broker that knows nobody', ([one]) => one?.isUnheard === true)
  })

  it('cannot be its own answer', async () => {
    const { invoke } = await started()
    const message = messageOf({ topic: 'plant/get', responseTopic: 'plant/get' })
    const input = { connectionId, latest: {}, responsePattern: '', timeoutMs: 5, message }
    expect(await invoke('request.send', input)).toMatchObject({ error: { code: 'responseTopicIsTopic' } })
  })
})

describe('a request before MQTT 5', () => {
  it('has its answer on the topic that a template names, in the order of arrival', async () => {
    const { broker: running, request, reach } = await started({}, { protocolVersion: '3.1.1' })
    const { requests, answer } = await device(running.port(), 4)
    await request({ message: messageOf({ topic: 'plant/get' }), responsePattern: 'answers/{{ topic }}' })
    await request({ message: messageOf({ topic: 'plant/get' }), responsePattern: 'answers/{{ topic }}' })
    await requests(2)
    answer('answers/plant/get', 'one')
    const one = await reach('one answer', (all) => all.some(({ state }) => state === 'answered'))
    expect(states(one)).toEqual(['answered', 'waiting'])
    answer('answers/plant/get', 'two')
    const both = await reach('two answers', (all) => all.every(({ state }) => state === 'answered'))
    expect(both.map(({ responseTopic }) => responseTopic)).toEqual(['answers/plant/get', 'answers/plant/get'])
  })

  it('whose answer is lost does not take that of the next one', async () => {
    const { broker: running, request, reach } = await started({}, { protocolVersion: '3.1.1' })
    const { requests, answer } = await device(running.port(), 4)
    await request({ message: messageOf({ topic: 'plant/get' }), timeoutMs: 1 })
    await reach('one without an answer', ([one]) => one?.state === 'timedOut')
    await request({ message: messageOf({ topic: 'plant/get' }) })
    await requests(2)
    answer('plant/get/response', 'of the second')
    expect(states(await reach('an answer', ([, two]) => two?.state === 'answered'))).toEqual(['timedOut', 'answered'])
    answer('plant/get/response', 'of the first after all')
    await reach('a late answer', ([one]) => one?.state === 'late')
  })

  it('tells where its template fails', async () => {
    const { invoke } = await started({}, { protocolVersion: '3.1.1' })
    const input = { connectionId, latest: {}, timeoutMs: 5, message: messageOf({ topic: 'plant/get' }) }
    expect(await invoke('request.send', { ...input, responsePattern: '{{ tpoic }}' })).toMatchObject({
      error: { code: 'templateFailed', values: { part: 'responseTopic', problem: 'unknownVariable' } },
    })
    expect(await invoke('request.send', { ...input, responsePattern: '{{ topic }}/#' })).toMatchObject({
      error: { code: 'topicInvalid' },
    })
  })
})

describe('mosquitto_rr', () => {
  it('is answered: its request names the topic and the correlation data', async () => {
    const { broker: running, value, last } = await started()
    const subscription = {
      id: 's',
      filter: 'ask',
      qos: 0,
      colour: 'blue',
      alias: '',
      enabled: true,
      muted: false,
    } as const
    await value('subscription.save', { connectionId, subscription })
    await waitFor('the subscription', () =>
      last('session.changed')?.subscriptions.every(({ state }) => state.phase === 'granted'),
    )
    const answered = requestWithMosquitto({
      port: running.port(),
      topic: 'ask',
      payload: 'how fast?',
      responseTopic: 'rr/answer',
    })
    await waitFor('the request', async () => {
      const { frames } = await value('message.take', { fresh: false })
      return frames.some(({ count }) => count > 0)
    })
    await value('message.publish', {
      connectionId,
      topic: 'rr/answer',
      payload: Buffer.from('42'),
      qos: 1,
      retain: false,
      properties: {},
    })
    expect((await answered).toString()).toBe('42')
  })

  it('answers: what it sends to the response topic with the correlation data is the answer', async () => {
    const { broker: running, request, reach } = await started()
    const { requests } = await device(running.port())
    await request({ message: messageOf({ topic: 'plant/get', correlationData: 'ticket-7' }) })
    await requests(1)
    const asked = requestWithMosquitto({
      port: running.port(),
      topic: 'topicscope/asker/response',
      payload: 'here',
      responseTopic: 'never',
      waitSeconds: 1,
      arguments: ['-D', 'publish', 'correlation-data', 'ticket-7'],
    })
    await reach('an answer', ([one]) => one?.state === 'answered')
    // Nobody answers it: it is an answer itself.
    await expect(asked).rejects.toThrow()
  })
})
