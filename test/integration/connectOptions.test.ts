import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainFarewell, type Farewell } from '../../shared/model/farewell'
import { newProfile, type Profile } from '../../shared/model/profile'
import { noWill } from '../../shared/model/will'
import { runOrThrow } from '../support/runCommand'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createStarter, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()

/** A server that keeps the first packet of each connection, byte for byte, and accepts. */
const startedByteKeeper = async () => {
  const firsts: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (bytes) => {
      firsts.push(bytes)
      socket.write(Buffer.from([0x20, 3, 0, 0, 0]))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onStop(() => new Promise((resolve) => void server.close(() => resolve())))
  return { firsts, port: (server.address() as AddressInfo).port }
}

const { connectProperties } = newProfile({ id: 'x' })

describe('what CONNECT says beyond the usual', () => {
  it('stands on the wire as it was set, user properties in their order', async () => {
    const { firsts, port } = await startedByteKeeper()
    const harness = startedHarness()
    const profile = testProfile({
      port,
      clientId: 'me',
      keepaliveSeconds: 0,
      connectProperties: {
        receiveMaximum: 7,
        maximumPacketSize: 70_000,
        topicAliasMaximum: 0,
        requestResponseInformation: false,
        requestProblemInformation: false,
        userProperties: [
          ['b', '1'],
          ['a', '2'],
          ['b', '3'],
        ],
      },
    })
    await harness.connect(profile)
    const properties = ['210007', '2700011170', '220000', '1700', '26000162000131', '26000161000132', '26000162000133']
    const section = properties.join('')
    const expected = ['00044d515454', '05', '02', '0000', '22', section, '00026d65'].join('')
    expect(firsts[0]?.subarray(2).toString('hex')).toBe(expected)
    await harness.registry.disconnect(profile.id)
  })

  it('is what mosquitto reads: its log names the session it was asked for', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({
      port: broker.port(),
      clientId: 'reads-me',
      cleanStart: false,
      sessionExpirySeconds: 60,
      keepaliveSeconds: 33,
      connectProperties: { ...connectProperties, receiveMaximum: 1, topicAliasMaximum: 3 },
      will: { ...noWill, enabled: true, topic: 'gone', payload: '0a 0b', payloadFormat: 'hex', qos: 1 },
    })
    await harness.connect(profile)
    await waitFor('mosquitto to log it', () => broker.log().includes('as reads-me (p5, c0, k33)'))
    await waitFor('mosquitto to log its will', () => /Will message specified \(2 bytes\) \(r0, q1\)/.test(broker.log()))
  })

  it.each<[string, Partial<Profile>, string, string]>([
    ['no name, none at all', {}, '02', ''],
    ['an empty name', { sendsEmptyUsername: true }, '82', '0000'],
    ['a password alone', { usePassword: true }, '42', '0003616263'],
    ['bytes in hex', { usePassword: true, username: 'u', passwordFormat: 'hex' }, 'c2', '0001750001ab'],
    ['bytes in Base64', { usePassword: true, username: 'u', passwordFormat: 'base64' }, 'c2', '000175000200ff'],
  ])('credentials: %s', async (...[, given, flags, end]) => {
    const passwords = { text: 'abc', hex: 'AB', base64: 'AP8=' }
    const { firsts, port } = await startedByteKeeper()
    const harness = startedHarness()
    const profile = testProfile({ port, clientId: 'me', ...given })
    await harness.connect(profile, { password: passwords[profile.passwordFormat] })
    expect(firsts[0]?.[9]?.toString(16).padStart(2, '0')).toBe(flags)
    expect(firsts[0]?.toString('hex')).toMatch(new RegExp(`00026d65${end}$`))
    await harness.registry.disconnect(profile.id)
  })

  it('is refused here where the password is not in its format', async () => {
    const harness = startedHarness()
    const profile = testProfile({ port: 1, usePassword: true, username: 'u', passwordFormat: 'hex' })
    expect(await harness.failureOf(profile, { password: 'no hex' })).toMatchObject({
      code: 'passwordNotInFormat',
      stage: 'settings',
      field: 'password',
    })
  })
})

describe('a client ID that is new at each connect', () => {
  it('begins with the one that is set, and no two are alike', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), clientId: 'plant', freshClientId: true })
    const first = await harness.connect(profile)
    await harness.registry.disconnect(profile.id)
    const second = await harness.connect(profile)
    expect(first.clientId).toMatch(/^plant_[\da-z]{8}$/)
    expect(second.clientId).toMatch(/^plant_[\da-z]{8}$/)
    expect(second.clientId).not.toBe(first.clientId)
    await waitFor('mosquitto to log both', () =>
      [first, second].every(({ clientId }) => broker.log().includes(`as ${clientId} (`)),
    )
  })
})

describe('how a connection is ended', () => {
  /** What a connection sends at its end, byte for byte. */
  const lastBytes = async (farewell: Farewell, given: Partial<Profile> = {}) => {
    const said: Buffer[] = []
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        socket.write(Buffer.from(given.protocolVersion === '3.1.1' ? [0x20, 2, 0, 0] : [0x20, 3, 0, 0, 0]))
        socket.on('data', (bytes) => void said.push(bytes))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const harness = startedHarness()
    const profile = testProfile({ port: (server.address() as AddressInfo).port, keepaliveSeconds: 0, ...given })
    await harness.connect(profile)
    await harness.registry.disconnect(profile.id, farewell)
    await new Promise((resolve) => server.close(resolve))
    expect(harness.stateOf(profile)).toEqual({ phase: 'offline' })
    return Buffer.concat(said).toString('hex')
  }

  it.each<[string, Farewell, Partial<Profile>, string]>([
    ['the plain one', plainFarewell, {}, 'e000'],
    ['the socket alone', { kind: 'drop' }, {}, ''],
    ['with the will', { ...plainFarewell, reasonCode: 4 }, {}, 'e0020400'],
    ['a refusal', { ...plainFarewell, reasonCode: 0x82, reasonString: 'no' }, {}, 'e00782051f00026e6f'],
    [
      'a session expiry',
      { ...plainFarewell, sessionExpirySeconds: 60 },
      {},
      'e00700 05 110000003c'.replaceAll(' ', ''),
    ],
    [
      'user properties in their order',
      {
        ...plainFarewell,
        userProperties: [
          ['b', '1'],
          ['a', ''],
          ['b', '2'],
        ],
      },
      {},
      'e016 00 14 26000162000131 260001610000 26000162000132'.replaceAll(' ', ''),
    ],
    ['before MQTT 5', { ...plainFarewell, reasonCode: 4, reasonString: 'x' }, { protocolVersion: '3.1.1' }, 'e000'],
  ])('%s', async (...[, farewell, given, hex]) => {
    expect(await lastBytes(farewell, given)).toBe(hex)
  })

  it('with 0x04 makes mosquitto publish the will, without does not', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const heard = await subscribeWithMosquitto({ port: broker.port(), filters: ['gone', 'end'] })
    onStop(heard.stop)
    const profile = testProfile({
      port: broker.port(),
      will: { ...noWill, enabled: true, topic: 'gone', payload: '1' },
    })
    await harness.connect(profile)
    await harness.registry.disconnect(profile.id, plainFarewell)
    await harness.connect(profile)
    await harness.registry.disconnect(profile.id, { ...plainFarewell, reasonCode: 4 })
    await heard.waitForMessages(1)
    await publishWithMosquitto({ port: broker.port(), topic: 'end', payload: '' })
    const topics = (await heard.waitForMessages(2)).map(({ topic }) => topic)
    expect(topics).toEqual(['gone', 'end'])
  })
})

describe('the will', () => {
  /** What mosquitto_sub says of the next message of a topic. */
  const heard = (port: number, topic: string) =>
    runOrThrow('mosquitto_sub', ['-V', '5', '-p', String(port), '-t', topic, '-C', '1', '-F', '%J'])
  const willOf = (given: Partial<Profile['will']>) => ({ ...noWill, enabled: true, topic: 'gone/me', ...given })

  it('comes with all of its properties, as mosquitto_sub reads them', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const said = heard(broker.port(), 'gone/me')
    await waitFor('the subscription', () => broker.log().includes('Sending SUBACK'))
    const profile = testProfile({
      port: broker.port(),
      will: willOf({
        payload: '{"state": "gone"}',
        payloadFormat: 'json',
        qos: 1,
        delaySeconds: 0,
        expirySeconds: 3_600,
        payloadIndicator: '1',
        contentType: 'application/json',
        responseTopic: 'answers/me',
        correlationData: '0x31323334',
        userProperties: [
          ['site', 'north'],
          ['site', 'east'],
          ['line', '7'],
        ],
      }),
    })
    await harness.connect(profile)
    await harness.registry.disconnect(profile.id, { kind: 'drop' })
    const json = (await said).toString()
    const read = JSON.parse(json) as Record<string, unknown>
    expect(read).toMatchObject({
      topic: 'gone/me',
      qos: 0,
      payload: { state: 'gone' },
      properties: {
        'payload-format-indicator': 1,
        'content-type': 'application/json',
        'response-topic': 'answers/me',
        'correlation-data': '1234',
      },
    })
    expect(json.replaceAll(' ', '')).toContain('"user-properties":{"site":"north","site":"east","line":"7"}')
  })

  const folder = mkdtempSync(join(tmpdir(), 'will-'))
  const file = join(folder, 'will.bin')
  writeFileSync(file, Buffer.from([0, 1, 254, 255]))

  it.each<[Partial<Profile['will']>, string]>([
    [{ payload: 'Grüße', payloadFormat: 'text' }, '4772c3bcc39f65'],
    [{ payload: '{"a": 1 }', payloadFormat: 'json' }, '7b2261223a2031207d'],
    [{ payload: 'de:ad be-ef', payloadFormat: 'hex' }, 'deadbeef'],
    [{ payload: 'AAH+/w==', payloadFormat: 'base64' }, '0001feff'],
    [{ payload: '{"a": 1}', payloadFormat: 'cbor' }, 'a1616101'],
    [{ payload: '{"a": 1}', payloadFormat: 'messagePack' }, '81a16101'],
    [{ payloadFile: file, payloadFormat: 'file' }, '0001feff'],
    [{ payload: '', payloadFormat: 'text' }, ''],
  ])('has the bytes of %j', async (given, hex) => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), will: willOf({ ...given, retain: true }) })
    await harness.connect(profile)
    await publishWithMosquitto({ port: broker.port(), topic: 'gone/me', payload: 'before', retain: true })
    const said = runOrThrow('mosquitto_sub', ['-p', String(broker.port()), '-t', 'gone/me', '-C', '2', '-F', '[%x]'])
    await waitFor('the subscription', () => broker.log().includes('Sending SUBACK'))
    await harness.registry.disconnect(profile.id, { kind: 'drop' })
    expect((await said).toString().trim().split('\n').at(-1)).toBe(`[${hex}]`)
  })

  it('whose file is gone is not connected without', async () => {
    const harness = startedHarness()
    const profile = testProfile({ port: 1, will: willOf({ payloadFile: join(folder, 'none'), payloadFormat: 'file' }) })
    expect(await harness.failureOf(profile)).toMatchObject({
      code: 'fileMissing',
      stage: 'settings',
      field: 'will.payloadFile',
    })
    rmSync(folder, { recursive: true })
  })
})
