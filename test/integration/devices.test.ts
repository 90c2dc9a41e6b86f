import { connect as connectSocket, createServer, type AddressInfo, type Socket } from 'node:net'
import mqtt, { type MqttClient } from 'mqtt'
import { get as getSparkplug } from 'sparkplug-payload'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceMessage } from '../../electron/core/devices/delivered/deviceParts'
import { deliveredDevices } from '../../electron/core/devices/delivered/deliveredDevices'
import type { DeviceDefinition, DeviceState } from '../../shared/model/device'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import { startMosquitto } from '../support/mosquitto'
import { requestWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

const connectionId = 'p1'
const sparkplug = getSparkplug('spBv1.0')
if (!sparkplug) throw new Error('The other decoder is not there.')

let harness: CoreHarness
const stops: (() => Promise<unknown>)[] = []
beforeEach(() => void (harness = createCoreHarness('devices')))
afterEach(async () => {
  await harness.stop()
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** What stands between the application and the broker, and can fail as a network does. */
const startRelay = async (port: number) => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const broker = connectSocket(port, '127.0.0.1')
    for (const one of [socket, broker]) sockets.add(one.on('error', () => undefined))
    // An error of one side, such as a reset, is not passed on by the pipes.
    socket.on('close', () => broker.destroy())
    broker.on('close', () => socket.destroy())
    socket.pipe(broker).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  stops.push(async () => {
    cut()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, cut }
}

interface Heard {
  readonly topic: string
  readonly payload: Buffer
  readonly retain: boolean
}

/** Another client, which hears everything. */
const listener = async (port: number) => {
  const client: MqttClient = await mqtt.connectAsync({
    host: '127.0.0.1',
    port,
    protocolVersion: 5,
    reconnectPeriod: 0,
  })
  stops.push(() => client.endAsync(true))
  const heard: Heard[] = []
  client.on('message', (topic, payload, { retain }) => heard.push({ topic, payload, retain }))
  await client.subscribeAsync(['#', '/#'], { qos: 1 })
  const hear = (what: string, isMeant: (message: Heard) => boolean) =>
    waitFor(what, () => heard.find((message) => isMeant(message)) ?? null)
  return { client, heard, hear, hearOn: (topic: string, text?: string) => hear(topic, meant(topic, text)) }
}
const meant =
  (topic: string, text = '') =>
  (message: Heard) =>
    message.topic === topic && message.payload.toString().includes(text)

const connected = async (given: Partial<Profile> = {}) => {
  const broker = await startMosquitto()
  stops.push(broker.stop)
  const relay = await startRelay(broker.port())
  const core = await harness.start()
  const reconnect = { enabled: true, initialSeconds: 1, maximumSeconds: 1, maximumAttempts: 0 }
  const place = { id: connectionId, name: 'Plant', host: '127.0.0.1', port: relay.port, reconnect }
  await core.value('profile.save', { profile: newProfile({ ...place, ...given }), secrets: keepSecrets })
  await core.value('session.connect', { connectionId })
  await harness.reach('online')
  const other = await listener(broker.port())
  const state = (what: string, deviceId: string, isMeant: (states: readonly DeviceState[]) => boolean) =>
    waitFor(what, async () => {
      const status = (await core.snapshot()).devices.find((one) => one.deviceId === deviceId)
      return status && isMeant(status.devices) ? status : null
    })
  const start = (deviceId: string) => core.value('device.start', { connectionId, deviceId })
  const stop = (deviceId: string) => core.value('device.stop', { connectionId, deviceId })
  return { ...core, ...other, broker, relay, state, start, stop }
}

/** A copy of a delivered definition with changes, kept as the person's. */
const copied = (id: string, given: Partial<DeviceDefinition>): DeviceDefinition => {
  const original = deliveredDevices.find((one) => one.id === id)
  if (!original) throw new Error(id)
  return { ...original, id: 'own', name: 'Own', ...given }
}

describe('a sensor with a relay', () => {
  const id = 'delivered.sensor'
  const status = 'devices/sensor-1/status'

  it('is born, tells, obeys, answers a request of mosquitto_rr, and says goodbye', async () => {
    const { start, stop, hearOn, client, broker, state } = await connected()
    await start(id)
    await hearOn(status, '"status":"online"')
    await hearOn('devices/sensor-1/telemetry', '"temperature":')
    client.publish('devices/sensor-1/set', '{"relay":"on"}')
    await hearOn('devices/sensor-1/relay', 'on')
    await hearOn('devices/sensor-1/set/answer', '{"relay":"on","obeyed":true}')
    const request = { topic: 'devices/sensor-1/set', payload: '{"relay":"off"}', responseTopic: 'rr/answer' }
    expect((await requestWithMosquitto({ port: broker.port(), ...request })).toString()).toBe(
      '{"relay":"off","obeyed":true}',
    )
    await state('two answers', id, ([one]) => one?.commands === 2 && one.answers === 2 && one.lastError === null)
    await stop(id)
    await hearOn(status, '"status":"offline"')
  })

  it('has its will seen when the network fails, comes back by itself, and lives on without the session', async () => {
    const { start, hearOn, heard, relay, value, state } = await connected()
    await start(id)
    await hearOn(status, '"status":"online"')
    await value('session.disconnect', { connectionId })
    heard.length = 0
    relay.cut()
    await hearOn(status, '"status":"lost"')
    await hearOn(status, '"status":"online"')
    await state('the second connection', id, ([one]) => one?.connects === 2 && one.phase === 'online')
  })

  it('works with MQTT 3.1.1, and stops with all senders, and with its connection', async () => {
    const { start, hearOn, heard, value, state } = await connected({ protocolVersion: '3.1.1' })
    await start('delivered.plant')
    await hearOn('plant/line2/oven/temperature')
    await start(id)
    await hearOn(status, '"status":"online"')
    await value('sender.stopAll', undefined)
    await hearOn(status, '"status":"offline"')
    await state('its end', id, ([one]) => one?.phase === 'stopped')
    heard.length = 0
    await start(id)
    await hearOn(status, '"status":"online"')
    await value('profile.delete', { connectionId })
    await hearOn(status, '"status":"offline"')
  })
})

describe('a Sparkplug B edge node', () => {
  const id = 'delivered.sparkplug'
  const topic = (type: string, device = '') => `spBv1.0/Topicscope/${type}/edge-1${device}`
  const read = ({ payload }: Heard) => sparkplug.decodePayload(payload)
  const metric = (message: Heard, name: string): unknown =>
    read(message).metrics?.find((one) => one.name === name)?.value
  const command = (name: string, type: 'Boolean' | 'Int32', value: boolean | number) =>
    Buffer.from(sparkplug.encodePayload({ timestamp: Date.now(), metrics: [{ name, type, value }] }))

  it('lives as the specification says: birth, data, rebirth on command, commands, death', async () => {
    const { start, stop, hear, hearOn, heard, client } = await connected()
    await start(id)
    const born = await hearOn(topic('NBIRTH'))
    expect(Number(metric(born, 'bdSeq'))).toBe(0)
    expect(metric(born, 'Node Control/Rebirth')).toBe(false)
    const machine = await hearOn(topic('DBIRTH', '/machine'))
    expect(read(machine).metrics?.map(({ name, type }) => [name, type])).toEqual([
      ['Temperature', 'Double'],
      ['Setpoint', 'Int32'],
      ['Running', 'Boolean'],
    ])
    await hearOn(topic('DDATA', '/machine'))
    client.publish(topic('DCMD', '/machine'), command('Setpoint', 'Int32', 75))
    await hear('the setpoint', (one) => one.topic.includes('DDATA') && metric(one, 'Setpoint') === 75)
    const sequences = () =>
      heard.filter((one) => /\/[ND](BIRTH|DATA|DEATH)\//.test(one.topic)).map((one) => Number(read(one).seq))
    expect(sequences()).toEqual(sequences().map((_, place) => place))

    heard.length = 0
    client.publish(topic('NCMD'), command('Node Control/Rebirth', 'Boolean', true))
    const again = await hearOn(topic('NBIRTH'))
    expect([Number(read(again).seq), Number(metric(again, 'bdSeq'))]).toEqual([0, 0])
    await hearOn(topic('DBIRTH', '/machine'))
    await stop(id)
    const death = await hearOn(topic('NDEATH'))
    expect(Number(metric(death, 'bdSeq'))).toBe(0)
    expect(heard.some((one) => one.topic === topic('DDEATH', '/machine'))).toBe(true)
  })

  it('leaves the death of its connection with the broker, with the number of its birth', async () => {
    const { start, hearOn, heard, relay } = await connected()
    await start(id)
    await hearOn(topic('DBIRTH', '/machine'))
    heard.length = 0
    relay.cut()
    expect(Number(metric(await hearOn(topic('NDEATH')), 'bdSeq'))).toBe(0)
    const born = await hearOn(topic('NBIRTH'))
    expect([Number(metric(born, 'bdSeq')), Number(read(born).seq)]).toEqual([1, 0])
  })
})

describe('a Home Assistant light', () => {
  const id = 'delivered.light'
  const config = 'homeassistant/light/topicscope_light_1/config'

  it('is discovered, answers commands with its state, and is unavailable when the network fails', async () => {
    const { start, hearOn, heard, client, relay } = await connected()
    await start(id)
    const found = JSON.parse((await hearOn(config)).payload.toString()) as Record<string, string>
    expect(found).toMatchObject({ schema: 'json', brightness: true, unique_id: 'topicscope_light_1' })
    await hearOn(found['availability_topic'] ?? '', 'online')
    await hearOn(found['state_topic'] ?? '', '"state":"OFF"')
    client.publish(found['command_topic'] ?? '', '{"state":"ON","brightness":120}')
    await hearOn(found['state_topic'] ?? '', '{"state":"ON","brightness":120,"color_mode":"brightness"}')
    client.publish(found['command_topic'] ?? '', '{"state":"OFF"}')
    await hearOn(found['state_topic'] ?? '', '{"state":"OFF","brightness":120')
    relay.cut()
    await hearOn(found['availability_topic'] ?? '', 'offline')
    heard.length = 0
    await waitFor('its return', () => heard.some(meant(found['availability_topic'] ?? '', 'online')))
    heard.length = 0
    client.publish('homeassistant/status', 'online')
    await hearOn(config)
  })

  it('leaves configuration, state and availability with the broker for who comes later', async () => {
    const { start, stop, hearOn, broker } = await connected()
    await start(id)
    await hearOn('topicscope/light-1/state')
    await stop(id)
    const later = await listener(broker.port())
    for (const [topic, text] of [
      [config, '"command_topic": "topicscope/light-1/set"'],
      ['topicscope/light-1/state', '"state":"OFF"'],
      ['topicscope/light-1/availability', 'offline'],
    ] as const)
      expect(await later.hearOn(topic, text)).toMatchObject({ retain: true })
  })
})

describe('a misbehaving device', () => {
  it('does each of its wrongs, and fights with itself over its session', async () => {
    const { start, stop, hear, hearOn, state } = await connected()
    await start('delivered.misbehaving')
    await hearOn('misbehaving/json', '{"temperature": 21.5, "unit": ')
    await hearOn('/misbehaving/ topic with spaces /1', 'lost?')
    await hear('huge', ({ topic, payload }) => topic === 'misbehaving/huge' && payload.length === 2 ** 20)
    await hear('retained', ({ topic, payload }) => topic === 'misbehaving/retained' && payload.length > 0)
    await hear('a flood', meant('misbehaving/flood', '50'))
    const { devices } = await state('takeovers', 'delivered.misbehaving', (all) =>
      all.every(({ connects }) => connects > 2),
    )
    expect(devices.map(({ clientId }) => clientId)).toEqual(['misbehaving', 'misbehaving'])
    await stop('delivered.misbehaving')
  })

  it('clears its retained message where nobody takes its session', async () => {
    const { value, start, hear } = await connected()
    const { faults } = copied('delivered.misbehaving', {})
    await value('devices.save', [
      copied('delivered.misbehaving', { devices: 1, faults: { ...faults, sameClientId: false } }),
    ])
    await start('own')
    await hear('retained', ({ topic, payload }) => topic === 'misbehaving/retained' && payload.length > 0)
    await hear('cleared', ({ topic, payload }) => topic === 'misbehaving/retained' && payload.length === 0)
  })

  it('does only what is not switched off in a copy', async () => {
    const { value, start, hear, heard, hearOn, snapshot } = await connected()
    const { telemetry } = copied('delivered.misbehaving', {})
    const own = copied('delivered.misbehaving', {
      devices: 1,
      faults: { sameClientId: false, dropEveryMs: 300 },
      telemetry: telemetry.map((one) => ({ ...one, isOn: one.name === 'Broken JSON' })),
    })
    await value('devices.save', [own])
    await start('own')
    await hearOn('misbehaving/status', 'lost')
    await hear('two births', () => heard.filter(({ topic }) => topic === 'misbehaving/json').length >= 2)
    expect(new Set(heard.map(({ topic }) => topic))).toEqual(new Set(['misbehaving/json', 'misbehaving/status']))
    expect((await snapshot()).deviceDefinitions).toEqual([own])
  })
})

describe('definitions of devices', () => {
  it('are kept on disk, and cannot run where there is no connection or no such definition', async () => {
    const { core, value, invoke } = await connected()
    const own = copied('delivered.light', {})
    await value('devices.save', [own])
    const failed = async (input: { connectionId: string; deviceId: string }) => {
      const started = await invoke('device.start', input)
      return started.ok ? null : started.error.code
    }
    expect(await failed({ connectionId, deviceId: 'gone' })).toBe('notFound')
    expect(await failed({ connectionId: 'other', deviceId: 'own' })).toBe('notConnected')
    await core.dispose()
    expect((await (await harness.start()).snapshot()).deviceDefinitions).toEqual([own])
  })

  it('are shown before they run: will, birth, the first messages, and death', async () => {
    const { value } = await connected()
    const device = copied('delivered.sensor', {})
    const shown = await value('device.preview', { connectionId, device })
    expect(shown.map(({ kind, message }) => `${kind} ${message.topic}`)).toEqual([
      'will devices/sensor-1/status',
      'birth devices/sensor-1/status',
      'birth devices/sensor-1/relay',
      'telemetry devices/sensor-1/telemetry',
      'telemetry devices/sensor-1/telemetry',
      'telemetry devices/sensor-1/telemetry',
      'death devices/sensor-1/status',
    ])
    expect(shown.map(({ atMs }) => atMs).slice(3, 6)).toEqual([500, 2_500, 4_500])
  })
})

describe('devices that are started and stopped at once', () => {
  const id = 'delivered.sensor'

  it.each([
    ['are stopped', ({ stop }: Connected) => stop(id)],
    ['are stopped with all', ({ value }: Connected) => value('sender.stopAll', undefined)],
  ])('do not run when they %s while they start', async (_, end) => {
    const everything = await connected()
    const started = everything.start(id)
    await end(everything)
    await started
    expect((await everything.snapshot()).devices).toMatchObject([{ isRunning: false }])
  })

  it('do not run when their connection is deleted while they start', async () => {
    const { value, invoke, snapshot } = await connected()
    const started = invoke('device.start', { connectionId, deviceId: id })
    await value('profile.delete', { connectionId })
    await started
    expect((await snapshot()).devices).toEqual([])
  })

  it('stop when their definition is deleted, wherever they run', async () => {
    const { value, start, state } = await connected()
    await value('devices.save', [copied(id, {})])
    await start('own')
    await state('a device that is there', 'own', ([device]) => device?.phase === 'online')
    await value('devices.save', [])
    await state('its end', 'own', ([device]) => device?.phase === 'stopped')
  })

  it('leave nobody behind when they are started twice in the place of others', async () => {
    const { value, start, stop, heard } = await connected()
    const [births, deaths] = [[deviceMessage('born/{{ client }}', 'x')], [deviceMessage('gone/{{ client }}', 'x')]]
    const parts = { telemetry: [], commands: [], will: null, clientId: 'd{{ uuid }}', births, deaths }
    await value('devices.save', [copied(id, parts)])
    await start('own')
    await waitFor('a birth', () => heard.some(({ topic }) => topic.startsWith('born/')))
    await Promise.all([start('own'), start('own')])
    await stop('own')
    const clients = (what: string) =>
      heard.filter(({ topic }) => topic.startsWith(what)).map(({ topic }) => topic.slice(what.length))
    await waitFor('as many deaths as births', () => clients('gone/').length === clients('born/').length)
    expect(clients('gone/').toSorted()).toEqual(clients('born/').toSorted())
  })
})

type Connected = Awaited<ReturnType<typeof connected>>
