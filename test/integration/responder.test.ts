import { describe, expect, it } from 'vitest'
import { messageOf } from '../../electron/core/senders/sendersTesting'
import type { Profile } from '../../shared/model/profile'
import type { ResponderRule, ResponderStatus } from '../../shared/model/responder'
import { requestWithMosquitto } from '../support/mosquittoClients'
import { connectRaw } from '../support/rawMqttClient'
import { waitFor } from '../support/waitFor'
import { connectionId, createRequestStarter } from './requestHarness'
import { politely } from './sessionFakeServer'

const { started, startedFake } = createRequestStarter()
const key = { connectionId, ruleId: 'r' }

const rule = (given: Partial<ResponderRule> = {}, answer: Parameters<typeof messageOf>[0] = {}): ResponderRule => ({
  id: 'r',
  connectionId,
  filter: 'ask/#',
  answer: messageOf({ topic: '', payload: 'yes', ...answer }),
  perSecond: 100,
  ...given,
})

type Connected = Pick<Awaited<ReturnType<typeof started>>, 'value' | 'snapshot'>

const reach = ({ snapshot }: Connected, what: string, isReached: (status: ResponderStatus) => boolean) =>
  waitFor(`a rule with ${what}`, async () => {
    const [status] = (await snapshot()).responders
    return status && isReached(status) ? status : null
  })

const switchOn = async (connected: Connected, one: ResponderRule) => {
  await connected.value('responder.save', [one])
  await connected.value('responder.switch', { ...key, isOn: true })
  await reach(connected, 'its filter granted', ({ phase }) => phase === 'on')
}

const answering = async (one: ResponderRule, given: Partial<Profile> = {}) => {
  const connected = await started({}, given)
  await switchOn(connected, one)
  return connected
}

describe('a rule that answers requests', () => {
  it('answers mosquitto_rr with a template of what was asked', async () => {
    const payload = '{{ request.topic }}: {{ request.json.n | plus: 1 }} {{ request.payload }}'
    const { broker } = await answering(rule({}, { payload }))
    const answer = await requestWithMosquitto({
      port: broker.port(),
      topic: 'ask/next',
      payload: '{"n":41}',
      responseTopic: 'rr/answer',
    })
    expect(answer.toString()).toBe('ask/next: 42 {"n":41}')
  })

  it('sends the correlation data along, and takes a response topic for what it is', async () => {
    const { broker } = await answering(rule())
    const { client } = await connectRaw(broker.port(), { clientId: 'rr' })
    const responseTopic = 'rr/{{ uuid }}'
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'rr/#', qos: 0 }] })
    await client.next('suback')
    const properties = { responseTopic, correlationData: Buffer.from([0, 255, 7]) }
    client.send({ cmd: 'publish', topic: 'ask', payload: '', qos: 0, dup: false, retain: false, properties })
    const answer = await client.next('publish')
    expect(answer.topic).toBe(responseTopic)
    expect(answer.properties?.correlationData).toEqual(Buffer.from([0, 255, 7]))
    expect(answer.properties?.responseTopic).toBeUndefined()
  })

  it('answers a request of the same connection, which gets its round trip', async () => {
    const connected = await answering(rule())
    await connected.request({ message: messageOf({ topic: 'ask/me' }) })
    await connected.reach('an answer', ([one]) => one?.state === 'answered')
  })

  it('does not answer what names no response topic, unless it has one for it', async () => {
    const connected = await answering(rule())
    const message = { topic: 'ask', payload: Buffer.from('?'), qos: 1, retain: false, properties: {} } as const
    await connected.value('message.publish', { connectionId, ...message })
    expect(await reach(connected, 'one heard', ({ counts }) => counts.unanswerable === 1)).toMatchObject({
      counts: { heard: 1, answered: 0 },
    })
  })

  it.each(['5', '3.1.1'] as const)('never answers its own answers, with MQTT %s', async (protocolVersion) => {
    const connected = await answering(rule({ filter: '#' }, { topic: '{{ request.topic }}/response' }), {
      protocolVersion,
    })
    const message = { topic: 'ask', payload: Buffer.from('?'), qos: 1, retain: false, properties: {} } as const
    await connected.value('message.publish', { connectionId, ...message })
    await reach(connected, 'its answer heard', ({ counts }) => counts.heard === 2)
    // What is asked after it is answered after it.
    await connected.value('message.publish', { connectionId, ...message, topic: 'again' })
    const { counts } = await reach(connected, 'the next answer heard', ({ counts: all }) => all.heard === 4)
    expect(counts).toMatchObject({ answered: 2, unanswerable: 2 })
  })

  it('answers no more in a second than it may', async () => {
    const connected = await answering(rule({ perSecond: 1 }))
    await Promise.all(Array.from({ length: 20 }, () => connected.request({ message: messageOf({ topic: 'ask' }) })))
    const { counts } = await reach(connected, 'all heard', ({ counts: all }) => all.heard === 20)
    expect(counts.limited).toBeGreaterThan(0)
    expect(counts.answered + counts.limited).toBe(20)
  })

  it('counts answers that cannot be made, and says why the first was not', async () => {
    const connected = await answering(rule({}, { payload: '{{ request.json.n }}' }))
    await connected.request({ message: messageOf({ topic: 'ask', payload: 'no JSON' }) })
    expect(await reach(connected, 'a failure', ({ counts }) => counts.failed === 1)).toMatchObject({
      error: { code: 'templateFailed' },
      counts: { answered: 0 },
    })
  })

  it('answers nothing any more once it is off, and its filter is given back', async () => {
    const connected = await answering(rule())
    await connected.value('responder.switch', { ...key, isOn: false })
    await connected.unsubscribed()
    expect((await connected.snapshot()).responders).toEqual([])
  })

  it('that is changed is off until it is switched on again; rules are kept over a restart, all of them off', async () => {
    const connected = await answering(rule())
    await connected.value('responder.save', [rule({ perSecond: 7 })])
    expect((await connected.snapshot()).responders).toEqual([])
    await connected.value('responder.switch', { ...key, isOn: true })
    const again = await connected.restarted()
    expect(await again.snapshot()).toMatchObject({ responders: [], responderRules: [{ id: 'r', perSecond: 7 }] })
  })

  it('tells that the broker refuses its filter', async () => {
    const connected = await startedFake((packet, connection) => {
      if (packet.cmd !== 'subscribe') politely()(packet, connection)
      else connection.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [0x87] })
    })
    await connected.value('responder.save', [rule()])
    await connected.value('responder.switch', { ...key, isOn: true })
    expect(await reach(connected, 'a refusal', ({ phase }) => phase === 'refused')).toMatchObject({
      error: { code: 'subscribeRefused', reasonCode: 0x87 },
    })
  })

  it('is not switched on where its template is none', async () => {
    const { value, invoke } = await started()
    await value('responder.save', [rule({}, { payload: '{{ request.' })])
    expect(await invoke('responder.switch', { ...key, isOn: true })).toMatchObject({
      error: { code: 'templateFailed', values: { part: 'payload' } },
    })
  })
})
