import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeJson } from '#shared/encoding/decodedJson'
import { encodeJson } from '#shared/encoding/encodedJson'
import { deviceSchema, type DeviceDefinition } from '#shared/model/device'
import type { MadeMessage } from '#shared/model/publish'
import { noEnvironment } from '../templates/templateEnvironment'
import { deliveredDevices } from './delivered/deliveredDevices'
import { deviceMessage, deviceTelemetry, noFaults } from './delivered/deviceParts'
import { lightDevice } from './delivered/lightDevice'
import { plantDevice } from './delivered/plantDevice'
import { sensorDevice } from './delivered/sensorDevice'
import { sparkplugDevice } from './delivered/sparkplugDevice'
import { compileDevice } from './compiledDevice'
import { runDefinition, textOf } from './devicesTesting'

const definitionOf = (given: Partial<DeviceDefinition>): DeviceDefinition => ({
  id: 'd',
  name: 'd',
  description: '',
  devices: 1,
  clientId: 'c-{{ n }}',
  variables: [],
  births: [],
  telemetry: [],
  commands: [],
  will: null,
  deaths: [],
  faults: noFaults,
  ...given,
})

const commandOf = (topic: string, payload: string | Uint8Array, responseTopic: string | null = null) => ({
  topic,
  payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
  responseTopic,
  correlationData: responseTopic === null ? null : Uint8Array.of(1, 2),
})

/** Commands are carried out when what came is done with. */
const settled = () => Promise.resolve().then(() => undefined)

interface Sparkplug {
  readonly seq?: number
  readonly metrics?: readonly { readonly name: string; readonly value: unknown }[]
}
const sparkplugOf = ({ payload }: Pick<MadeMessage, 'payload'>): Sparkplug => {
  const read = decodeJson(payload, 'sparkplug')
  if (!read.ok) throw new Error(read.reason)
  return JSON.parse(read.text) as Sparkplug
}
interface Metric {
  readonly name: string
  readonly dataType: string
  readonly value: unknown
}
const sparkplugCommand = (topic: string, metric: Metric) => {
  const encoded = encodeJson(JSON.stringify({ timestamp: 1, metrics: [metric] }), 'sparkplug')
  if (!encoded.ok) throw new Error(encoded.detail)
  return commandOf(topic, encoded.bytes)
}

describe('the definitions that come with the application', () => {
  it.each(deliveredDevices)('$id can be read, and its templates be filled in', async (definition) => {
    expect(deviceSchema.safeParse(definition).success).toBe(true)
    const { group, clock, sent } = await runDefinition(definition)
    clock.pass(2_000)
    expect(group.states().map(({ lastError }) => lastError)).toEqual(Array(definition.devices).fill(null))
    expect(sent.length).toBeGreaterThan(1)
    await group.stop()
  })

  it('say the same again from the same random numbers, 5 to 20 messages a second, gently changing', async () => {
    const seconds = 60
    const run = async () => {
      const { clock, sent, group } = await runDefinition(plantDevice)
      clock.pass(seconds * 1_000)
      await group.stop()
      return sent
    }
    const messages = await run()
    expect(await run()).toEqual(messages)
    expect(new Set(messages.map(({ topic }) => topic)).size).toBe(15)
    expect(messages.length / seconds).toBeGreaterThan(5)
    expect(messages.length / seconds).toBeLessThan(20)
    const celsius = messages
      .filter(({ topic }) => topic === 'home/kitchen/temperature')
      .map((one) => Number(textOf(one)))
    expect(Math.min(...celsius)).toBeGreaterThanOrEqual(20)
    expect(Math.max(...celsius)).toBeLessThanOrEqual(23)
    expect(new Set(celsius).size).toBeGreaterThan(3)
  })
})

describe('a device', () => {
  it('is born, tells by its clock, obeys, answers where it is asked to, and says goodbye', async () => {
    const { group, clock, sent, links, filters } = await runDefinition(sensorDevice)
    expect(filters).toEqual(['devices/sensor-1/set'])
    expect(sent.map(({ topic }) => topic)).toEqual(['devices/sensor-1/status', 'devices/sensor-1/relay'])
    clock.pass(5_000)
    expect(sent.filter(({ topic }) => topic.endsWith('/telemetry')).map(({ atMs }) => atMs)).toEqual([
      500, 2_500, 4_500,
    ])
    sent.length = 0
    links[0]?.onMessage(commandOf('devices/sensor-1/set', '{"relay":"on"}', 'asked/here'))
    await settled()
    expect(sent.map((one) => [one.topic, textOf(one)])).toEqual([
      ['asked/here', '{"relay":"on","obeyed":true}'],
      ['devices/sensor-1/relay', 'on'],
    ])
    expect(sent[0]?.properties.correlationData).toEqual(Uint8Array.of(1, 2))
    links[0]?.onMessage(commandOf('devices/sensor-1/set', 'no JSON'))
    await settled()
    expect(group.states()[0]).toMatchObject({ commands: 2, phase: 'online' })
    await group.stop()
    expect(textOf(sent.at(-1) ?? { payload: new Uint8Array() })).toContain('"status":"offline"')
    expect(group.states()[0]?.phase).toBe('stopped')
    clock.pass(60_000)
    expect(textOf(sent.at(-1) ?? { payload: new Uint8Array() })).toContain('"status":"offline"')
  })

  it('tells what is told when it changes only then, at any course of commands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('ON', 'OFF', 'BLUE'), { maxLength: 12 }), async (wanted) => {
        const { clock, sent, links, group } = await runDefinition(lightDevice)
        sent.length = 0
        for (const state of wanted) {
          links[0]?.onMessage(commandOf('topicscope/light-1/set', JSON.stringify({ state })))
          await settled()
          clock.pass(1_500)
        }
        const valid = wanted.filter((state) => state !== 'BLUE')
        const expected = valid.filter((state, place) => state !== (valid[place - 1] ?? 'OFF'))
        expect(sent.map((one) => (JSON.parse(textOf(one)) as { state: string }).state)).toEqual(expected)
        await group.stop()
      }),
      { numRuns: 20 },
    )
  })

  it('tells its variables as they move, by the intervals that they have', async () => {
    const telemetry = deviceTelemetry(deviceMessage('v', '{{ state.count }}'), { everyMs: 1_000, sent: 'changes' })
    const variables = [{ name: 'count', start: '0', next: '{{ state.count | plus: 1 }}', everyMs: 3_000 }]
    const { clock, sent } = await runDefinition(definitionOf({ variables, telemetry: [telemetry] }))
    clock.pass(9_999)
    expect(sent.map((one) => [one.atMs, textOf(one)])).toEqual([
      [3_000, '1'],
      [6_000, '2'],
      [9_000, '3'],
    ])
  })

  it('is one of several, each with a client ID and walks of its own, spread over the interval', async () => {
    const message = deviceMessage('d/{{ client }}', '{{ 1 | counter }}')
    const telemetry = [deviceTelemetry(message, { everyMs: 1_000 })]
    const { clock, sent } = await runDefinition(definitionOf({ devices: 2, telemetry }))
    clock.pass(10)
    await settled()
    await settled()
    await settled()
    clock.pass(1_600)
    expect(sent.map((one) => [one.topic, textOf(one)])).toEqual([
      ['d/c-1', '1'],
      ['d/c-2', '1'],
      ['d/c-1', '2'],
      ['d/c-2', '2'],
    ])
  })

  it('says where in the definition a template is wrong', async () => {
    const births = [deviceMessage('a', 'b'), deviceMessage('a', '{{ n | nothing }}')]
    const made = await compileDevice(definitionOf({ births }), { startedAt: 0, environment: noEnvironment })
    expect(!made.ok && [made.error.code, made.error.field]).toEqual(['templateFailed', 'births.1'])
  })

  it('leaves nothing that waits for its end on connections that have ended', async () => {
    const faults = { ...noFaults, dropEveryMs: 1_000 }
    const { clock, links, group } = await runDefinition(definitionOf({ faults }))
    clock.pass(1_200)
    await settled()
    expect(links).toHaveLength(2)
    expect(links[1]?.signal).not.toBe(links[0]?.signal)
    await group.stop()
    expect(links[1]?.signal.aborted).toBe(true)
  })

  it('connects again when its connection is cut on purpose, and is born again', async () => {
    const faults = { ...noFaults, dropEveryMs: 1_000 }
    const births = [deviceMessage('born', '{{ connects }}')]
    const { clock, sent, group } = await runDefinition(definitionOf({ births, faults }))
    for (let turn = 0; turn < 5; turn++) {
      clock.pass(600)
      for (let step = 0; step < 5; step++) await settled()
    }
    expect(sent.map(textOf)).toEqual(['0', '1', '2'])
    expect(group.states()[0]).toMatchObject({ connects: 3, lastError: { code: 'connectionClosed' } })
  })
})

describe('the Sparkplug B edge node', () => {
  it('numbers its messages from 0 to 255 and again from 0, and births begin anew', async () => {
    const { clock, sent, links, filters } = await runDefinition(sparkplugDevice)
    expect(filters).toEqual(['spBv1.0/Topicscope/NCMD/edge-1', 'spBv1.0/Topicscope/DCMD/edge-1/machine'])
    clock.pass(600_000)
    const numbers = sent.map((one) => sparkplugOf(one).seq)
    expect(numbers.length).toBeGreaterThan(300)
    expect(numbers).toEqual(numbers.map((_, place) => place % 256))
    sent.length = 0
    links[0]?.onMessage(
      sparkplugCommand('spBv1.0/Topicscope/NCMD/edge-1', {
        name: 'Node Control/Rebirth',
        dataType: 'Boolean',
        value: true,
      }),
    )
    await settled()
    expect(sent.map((one) => [one.topic.split('/')[2], sparkplugOf(one).seq])).toEqual([
      ['NBIRTH', 0],
      ['DBIRTH', 1],
    ])
    links[0]?.onMessage(
      sparkplugCommand('spBv1.0/Topicscope/NCMD/edge-1', {
        name: 'Node Control/Rebirth',
        dataType: 'Boolean',
        value: false,
      }),
    )
    await settled()
    expect(sent).toHaveLength(2)
  })

  it('has the number of its connection in birth and will, another one each time', async () => {
    const { clock, sent, links } = await runDefinition({
      ...sparkplugDevice,
      faults: { ...noFaults, dropEveryMs: 1_000 },
    })
    for (let turn = 0; turn < 4; turn++) {
      clock.pass(600)
      for (let step = 0; step < 5; step++) await settled()
    }
    const bdSeqOf = (message: Pick<MadeMessage, 'payload'>) => sparkplugOf(message).metrics?.[0]?.value
    const births = sent.filter(({ topic }) => topic.includes('NBIRTH')).map(bdSeqOf)
    expect(births).toEqual([0, 1, 2])
    expect(links.map(({ will }) => will && bdSeqOf(will))).toEqual(births)
  })

  it('obeys DCMD and tells what changed by DDATA', async () => {
    const { sent, links } = await runDefinition(sparkplugDevice)
    sent.length = 0
    links[0]?.onMessage(
      sparkplugCommand('spBv1.0/Topicscope/DCMD/edge-1/machine', { name: 'Setpoint', dataType: 'Int32', value: 75 }),
    )
    await settled()
    expect(sent.map(({ topic }) => topic)).toEqual(['spBv1.0/Topicscope/DDATA/edge-1/machine'])
    expect(sent.map(sparkplugOf)[0]?.metrics).toMatchObject([
      { name: 'Setpoint', value: 75 },
      { name: 'Running', value: true },
    ])
  })
})
