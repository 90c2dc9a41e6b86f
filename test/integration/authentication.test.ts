import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type { Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { newProfile, type Profile } from '../../shared/model/profile'
import { waitFor } from '../support/waitFor'
import { startFakeServer, type FakeConnection, type OnPacket } from './sessionFakeServer'
import { createStarter, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()

const startedServer = async (onPacket: OnPacket) => {
  const server = await startFakeServer(onPacket)
  onStop(server.stop)
  return server
}

const authenticating = (port: number, given: Partial<Profile['authentication']>, more: Partial<Profile> = {}) =>
  testProfile({ port, authentication: { ...newProfile({ id: 'x' }).authentication, ...given }, ...more })

/** Method, data and reason code of what a client sent to authenticate. */
const saidIn = (packet: Packet) => {
  const properties = packet.cmd === 'connect' || packet.cmd === 'auth' ? (packet.properties ?? {}) : {}
  const { authenticationMethod = '', authenticationData } = properties
  return { method: authenticationMethod, text: authenticationData?.toString('utf8') ?? null }
}
const goOn = (connection: FakeConnection, method: string, text: string | null) =>
  connection.send({
    cmd: 'auth',
    reasonCode: 0x18,
    properties: { authenticationMethod: method, ...(text !== null && { authenticationData: Buffer.from(text) }) },
  })
const accept = (connection: FakeConnection, method: string, text: string | null) =>
  connection.send({
    cmd: 'connack',
    reasonCode: 0,
    returnCode: 0,
    sessionPresent: false,
    properties: { authenticationMethod: method, ...(text !== null && { authenticationData: Buffer.from(text) }) },
  })

interface ScramServer {
  readonly password: string
  /** In the place of its signature. */
  readonly says?: (signature: string) => string
}

/** The server's side of RFC 5802 by hand, in CONNECT and AUTH; answers AUTH 0x19 the same way, with AUTH 0x00. */
const scramServer = ({ password, says = (signature) => signature }: ScramServer): OnPacket => {
  const first = (client: string) => `r=${client.slice(client.indexOf(',r=') + 3)}server,s=c2FsdA==,i=4096`
  const exchanges = new WeakMap<FakeConnection, { clientFirst: string; serverFirst: string; again: boolean }>()
  return (packet, connection) => {
    if (packet.cmd !== 'connect' && packet.cmd !== 'auth') return
    const { method, text } = saidIn(packet)
    const begins = packet.cmd === 'connect' || packet.reasonCode === 0x19
    if (begins) {
      const clientFirst = (text ?? '').slice(3)
      exchanges.set(connection, { clientFirst, serverFirst: first(clientFirst), again: packet.cmd === 'auth' })
      goOn(connection, method, first(clientFirst))
      return
    }
    const { clientFirst = '', serverFirst = '', again = false } = exchanges.get(connection) ?? {}
    const [withoutProof = '', proof = ''] = (text ?? '').split(',p=')
    const hash = method.slice(6).replace('-', '').toLowerCase()
    const salted = pbkdf2Sync(password, 'salt', 4_096, createHash(hash).digest().length, hash)
    const signed = [clientFirst, serverFirst, withoutProof].join(',')
    const storedKey = createHash(hash).update(createHmac(hash, salted).update('Client Key').digest()).digest()
    const signature = createHmac(hash, storedKey).update(signed).digest()
    const clientKey = signature.map((byte, index) => byte ^ (Buffer.from(proof, 'base64')[index] ?? 0))
    const isRight = createHash(hash).update(clientKey).digest().equals(storedKey)
    const serverKey = createHmac(hash, salted).update('Server Key').digest()
    const last = says(`v=${createHmac(hash, serverKey).update(signed).digest('base64')}`)
    if (!isRight) connection.send({ cmd: 'connack', reasonCode: 0x87, returnCode: 0x87, sessionPresent: false })
    else if (!again) accept(connection, method, last)
    else
      connection.send({
        cmd: 'auth',
        reasonCode: 0,
        properties: { authenticationMethod: method, authenticationData: Buffer.from(last) },
      })
  }
}

describe.each(['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)('%s', (mechanism) => {
  const asUser = { username: 'me', usePassword: true }

  it('connects without the password on the wire, and authenticates again', async () => {
    const connects: Packet[] = []
    const serve = scramServer({ password: 'right' })
    const { port, connections } = await startedServer((packet, connection) => {
      if (packet.cmd === 'connect') connects.push(packet)
      serve(packet, connection)
    })
    const harness = startedHarness()
    const profile = authenticating(port, { mechanism }, asUser)
    await harness.connect(profile, { password: 'right' })
    expect(connects[0]).toMatchObject({ username: 'me', properties: { authenticationMethod: mechanism } })
    expect(connects[0]).not.toHaveProperty('password', expect.anything())
    expect(await harness.registry.reauthenticate(profile.id)).toEqual({ ok: true, value: null })
    const received = connections[0]?.received.map((packet) => packet.cmd === 'auth' && packet.reasonCode)
    expect(received).toEqual([0x18, 0x19, 0x18])
  })

  it('says at which step a wrong password was refused', async () => {
    const { port } = await startedServer(scramServer({ password: 'right' }))
    const harness = startedHarness()
    const failure = await harness.failureOf(authenticating(port, { mechanism }, asUser), { password: 'wrong' })
    expect(failure).toMatchObject({
      code: 'authenticationRefused',
      reasonCode: 0x87,
      values: { method: mechanism, step: 1 },
    })
    expect(failure.remedies.map(({ id }) => id)).toEqual(['signIn', 'changeAuthentication'])
  })

  it('does not go online with a server that cannot prove itself, and tells it so', async () => {
    const { port, connections } = await startedServer(scramServer({ password: 'right', says: () => 'v=AAAA' }))
    const harness = startedHarness()
    const failure = await harness.failureOf(authenticating(port, { mechanism }, asUser), { password: 'right' })
    expect(failure).toMatchObject({ code: 'authenticationFailed', values: { detail: 'signature', step: 1 } })
    await waitFor('DISCONNECT', () => connections[0]?.received.some(({ cmd }) => cmd === 'disconnect') === true)
    expect(connections[0]?.received.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x80 })
  })
})

describe('a method that is answered step by step', () => {
  const own = { mechanism: 'own', method: 'RIDDLE', data: '00 ff', dataFormat: 'hex' } as const
  /** Two questions, then welcome. */
  const riddles: OnPacket = (packet, connection) => {
    if (packet.cmd === 'connect') goOn(connection, 'RIDDLE', 'what walks?')
    if (packet.cmd !== 'auth') return
    if (saidIn(packet).text === 'a man') goOn(connection, 'RIDDLE', null)
    else accept(connection, 'RIDDLE', null)
  }
  const started = async () => {
    const server = await startedServer(riddles)
    const harness = startedHarness()
    const profile = authenticating(server.port, own)
    harness.registry.connect(profile, {})
    const status = () => harness.registry.get(profile.id)?.status()
    const challenge = async (number: number) => {
      await waitFor(`challenge ${number}`, () => status()?.challenge?.number === number)
      return status()?.challenge
    }
    return { ...server, harness, profile, status, challenge }
  }

  it('asks, sends what was typed, and stops asking when the server has decided', async () => {
    const { harness, profile, status, challenge, connections } = await started()
    const first = await challenge(1)
    expect(first).toMatchObject({ method: 'RIDDLE', step: 1, reason: '' })
    expect(Buffer.from(first?.data ?? []).toString()).toBe('what walks?')
    const { registry } = harness
    expect(registry.answerChallenge(profile.id, 7, { kind: 'cancel' })).toMatchObject({ error: { code: 'notFound' } })
    registry.answerChallenge(profile.id, 1, { kind: 'answer', data: Buffer.from('a man') })
    expect(await challenge(2)).toMatchObject({ step: 2, data: null })
    registry.answerChallenge(profile.id, 2, { kind: 'answer', data: null })
    await waitFor('the session to be online', () => status()?.state.phase === 'online')
    expect(status()).not.toHaveProperty('challenge')
    expect(connections[0]?.received.map(saidIn)).toEqual([
      { method: 'RIDDLE', text: 'a man' },
      { method: 'RIDDLE', text: null },
    ])
  })

  it('ends with DISCONNECT 0x80 when the person gives up', async () => {
    const { harness, profile, status, challenge, connections } = await started()
    await challenge(1)
    harness.registry.answerChallenge(profile.id, 1, { kind: 'cancel' })
    await waitFor('the session to have failed', () => status()?.state.phase === 'failed')
    expect(status()?.state).toMatchObject({
      reason: { code: 'authenticationCancelled', values: { method: 'RIDDLE', step: 1 } },
    })
    await waitFor('DISCONNECT', () => connections[0]?.received.length === 1)
    expect(connections[0]?.received[0]).toMatchObject({ cmd: 'disconnect', reasonCode: 0x80 })
  })

  it('stops asking when the connection ends', async () => {
    const { status, challenge, connections } = await started()
    await challenge(1)
    connections[0]?.socket.destroy()
    await waitFor('the question to go', () => status()?.challenge === undefined)
    await waitFor('the session to have failed', () => status()?.state.phase === 'failed')
  })
})

describe('what a server must not send', () => {
  it.each<[string, OnPacket]>([
    ['AUTH of another method', (_packet, connection) => goOn(connection, 'OTHER', 'x')],
    [
      'success by AUTH before CONNACK',
      (_packet, connection) =>
        connection.send({ cmd: 'auth', reasonCode: 0, properties: { authenticationMethod: 'RIDDLE' } }),
    ],
    ['an AUTH with a code of clients', (_packet, connection) => connection.sendBytes(0xf0, 2, 0x19, 0)],
  ])('%s ends the connection', async (_name, say) => {
    const { port } = await startedServer((packet, connection) => {
      if (packet.cmd === 'connect') say(packet, connection)
    })
    const harness = startedHarness()
    const failure = await harness.failureOf(authenticating(port, { mechanism: 'own', method: 'RIDDLE' }))
    expect(failure.code).toBe('malformedPacket')
  })
})

describe('a mosquitto, which knows no method', () => {
  it('refuses with 0x8C, and the failure says that it is the method', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = authenticating(broker.port(), { mechanism: 'own', method: 'RIDDLE' })
    const failure = await harness.failureOf(profile)
    expect(failure).toMatchObject({ code: 'authenticationMethodRefused', values: { method: 'RIDDLE' } })
  })

  it('says that a connection without a method cannot authenticate again', async () => {
    const broker = await startedBroker()
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port() })
    await harness.connect(profile)
    const result = await harness.registry.reauthenticate(profile.id)
    expect(result).toMatchObject({ ok: false, error: { code: 'notAuthenticating' } })
  })
})
