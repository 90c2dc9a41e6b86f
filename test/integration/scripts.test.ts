import { describe, expect, it } from 'vitest'
import { planOf } from '../../electron/core/senders/sendersTesting'
import type { Script, ScriptStatus } from '../../shared/model/script'
import { connectRaw } from '../support/rawMqttClient'
import { waitFor } from '../support/waitFor'
import { connectionId, createRequestStarter } from './requestHarness'

const { started } = createRequestStarter()

const script = (text: string, given: Partial<Script> = {}): Script => ({
  id: 's',
  name: 'Script',
  text,
  filter: 'in/#',
  perSecond: 1_000,
  ...given,
})
const keyOf = (scriptId = 's') => ({ connectionId, scriptId })
const doubling = "function onMessage(m) { return { topic: 'out/' + m.n, payload: String(m.json * 2), qos: 1 } }"

type Connected = Pick<Awaited<ReturnType<typeof started>>, 'value' | 'snapshot'>

const reach = ({ snapshot }: Connected, what: string, isReached: (status: ScriptStatus) => boolean) =>
  waitFor(`a script with ${what}`, async () => (await snapshot()).scriptRuns.find(isReached) ?? null)

const running = async (...scripts: readonly Script[]) => {
  const connected = await started({}, {})
  await connected.value('scripts.save', [...scripts])
  for (const { id } of scripts) {
    await connected.value('script.run', keyOf(id))
    await reach(connected, 'its filter granted', ({ scriptId, phase }) => scriptId === id && phase === 'on')
  }
  const publish = (topic: string, payload: string) => {
    const message = { topic, payload: Buffer.from(payload), qos: 1, retain: false, properties: {} } as const
    return connected.value('message.publish', { connectionId, ...message })
  }
  return { ...connected, publish }
}

describe('a script on a connection', () => {
  it('is called for each message under its filter, and sends what it makes', async () => {
    const connected = await running(script(doubling))
    const { client } = await connectRaw(connected.broker.port(), { clientId: 'listener' })
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'out/#', qos: 0 }] })
    await client.next('suback')
    await connected.publish('in/a', '21')
    const first = await client.next('publish')
    expect([first.topic, first.payload.toString()]).toEqual(['out/1', '42'])
    await connected.publish('elsewhere', '1')
    await connected.publish('in/b/c', '4')
    const second = await client.next('publish', 1)
    expect([second.topic, second.payload.toString()]).toEqual(['out/2', '8'])
    const { counts } = await reach(connected, 'both sent', ({ counts: all }) => all.sent === 2)
    expect(counts).toEqual({ heard: 2, sent: 2, limited: 0, failed: 0 })
  })

  it('that answers its own messages is stopped before it does, and says on which topic', async () => {
    const connected = await running(script("function onMessage(m) { return { topic: m.topic + '/x' } }"))
    await connected.publish('in/a', '1')
    const stopped = await reach(connected, 'its end', ({ phase }) => phase === 'stopped')
    expect(stopped).toMatchObject({
      counts: { heard: 1, sent: 0 },
      error: { values: { problem: 'answersItself', detail: 'in/a/x' } },
    })
  })

  it('that gets its own messages back through another one is stopped', async () => {
    const there = script("function onMessage(m) { return { topic: 'pong', payload: m.payload } }", { filter: 'ping' })
    const back = script("function onMessage(m) { return { topic: 'ping', payload: m.payload } }", {
      id: 't',
      filter: 'pong',
    })
    const connected = await running(there, back)
    await connected.publish('ping', '1')
    const stopped = await reach(connected, 'its end', ({ phase }) => phase === 'stopped')
    expect(stopped.error).toMatchObject({ values: { problem: 'loop' } })
  })

  it('that never ends is stopped; meanwhile the connection goes on, and so do others', async () => {
    const endless = script('function onMessage() {\n  for (;;) {}\n}', { id: 'endless' })
    const connected = await running(endless, script(doubling))
    await connected.publish('in/a', '1')
    await reach(connected, 'an answer meanwhile', ({ counts }) => counts.sent === 1)
    const stopped = await reach(connected, 'its end', ({ phase }) => phase === 'stopped')
    expect(stopped).toMatchObject({ scriptId: 'endless', error: { values: { problem: 'tooLong', line: 1 } } })
    await connected.publish('in/b', '1')
    await reach(connected, 'the next answer', ({ counts }) => counts.sent === 2)
  })

  it('goes on after an error of its own, and says what and where', async () => {
    const connected = await running(script('function onMessage(m) {\n  return { topic: m.json.to.topic }\n}'))
    await connected.publish('in/a', '{}')
    const failed = await reach(connected, 'a failure', ({ counts }) => counts.failed === 1)
    expect(failed).toMatchObject({ phase: 'on', error: { values: { problem: 'thrown', line: 2 } } })
    await connected.publish('in/a', '{"to":{"topic":"out"}}')
    await reach(connected, 'an answer', ({ counts }) => counts.sent === 1)
  })

  it('sends no more in a second than it may', async () => {
    const connected = await running(script(doubling, { perSecond: 1 }))
    for (let count = 0; count < 20; count += 1) await connected.publish('in/a', '1')
    const { counts } = await reach(connected, 'all heard', ({ counts: all }) => all.sent + all.limited === 20)
    expect(counts.limited).toBeGreaterThan(0)
  })

  it('sends nothing any more once it is stopped, and its filter is given back', async () => {
    const connected = await running(script(doubling))
    await connected.value('script.stop', keyOf())
    await connected.unsubscribed()
    expect((await connected.snapshot()).scriptRuns).toEqual([])
  })
})

describe('a script whose thread still begins', () => {
  const slow = `for (const until = Date.now() + 500; Date.now() < until; ) {}\n${doubling}`

  it.each([
    ['is stopped', ({ value }: Starting) => value('script.stop', keyOf())],
    ['is removed', ({ value }: Starting) => value('scripts.save', [])],
    ['loses its connection', ({ value }: Starting) => value('profile.delete', { connectionId })],
  ])('does not run any more when it %s', async (_, end) => {
    const connected = await started({}, {})
    await connected.value('scripts.save', [script(slow)])
    const run = connected.value('script.run', keyOf())
    await end(connected)
    await run
    expect((await connected.snapshot()).scriptRuns).toEqual([])
  })
})

type Starting = Pick<Awaited<ReturnType<typeof started>>, 'value'>

it('a script is the source of a sender, for many devices', async () => {
  const connected = await started({}, {})
  const text = "const onMessage = ({ n, i }) => ({ topic: 'dev/' + n, payload: String(i), qos: 1 })"
  await connected.value('scripts.save', [script(text)])
  const { client } = await connectRaw(connected.broker.port(), { clientId: 'listener' })
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'dev/#', qos: 0 }] })
  await client.next('suback')
  const plan = planOf({
    source: { kind: 'script', scriptId: 's' },
    devices: { count: 2, clients: 'shared', clientId: '' },
    end: { count: 6, afterMs: null },
  })
  await connected.value('sender.start', { connectionId, plan, latest: {} })
  const heard: string[] = []
  while (heard.length < 6) {
    const { topic, payload } = await client.next('publish', heard.length)
    heard.push(`${topic} ${payload.toString()}`)
  }
  expect(heard).toEqual(['dev/1 1', 'dev/2 1', 'dev/1 2', 'dev/2 2', 'dev/1 3', 'dev/2 3'])
})

it('a try calls a script as often as it is asked to, and sends nothing', async () => {
  const connected = await started({}, {})
  const input = { topic: 'a', payload: Buffer.from('x'), qos: 0, retain: false, properties: {} } as const
  const text = "function onMessage(m, state) { state.n = m.n; console.log(m.connection); return { topic: 't/' + m.n } }"
  const tried = await connected.value('script.try', { text, input, connectionId, calls: 3 })
  expect(tried).toMatchObject({ outputs: [{ topic: 't/1' }, { topic: 't/2' }, { topic: 't/3' }], error: null })
  expect(tried.lines).toHaveLength(3)
  const wrong = await connected.value('script.try', { text: 'function onMessage( {', input, connectionId, calls: 1 })
  expect(wrong.error).toMatchObject({ code: 'scriptFailed', values: { problem: 'syntax', line: 1 } })
})
