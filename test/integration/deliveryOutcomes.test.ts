import type { Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import type { Profile } from '../../shared/model/profile'
import type { ProtocolVersion } from '../../shared/model/qos'
import { waitFor } from '../support/waitFor'
import { politely, startFakeServer, type OnPacket } from './sessionFakeServer'
import { createStarter, publishTo, testProfile, withReconnect } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()
const versions: readonly ProtocolVersion[] = ['3.1', '3.1.1', '5']
const keptSession = { cleanStart: false, sessionExpirySeconds: 600, reconnect: withReconnect }

const started = async (onPacket: OnPacket, given: Partial<Profile> = {}) => {
  const protocolVersion = given.protocolVersion ?? '5'
  const server = await startFakeServer(onPacket, protocolVersion === '5' ? 5 : 4)
  onStop(server.stop)
  const harness = startedHarness()
  const profile = testProfile({ port: server.port, ...given })
  await harness.connect(profile)
  const statesOf = (sequence: number) =>
    harness.deliveries.filter((one) => one.sequence === sequence).map(({ state }) => state)
  const recordOf = (sequence: number) => harness.registry.deliveryOf(profile.id, sequence)
  const violation = () => harness.registry.get(profile.id)?.status().violation
  return { server, harness, profile, statesOf, recordOf, violation }
}

/** Answers a PUBLISH and a PUBREL with these packets instead of the right ones. */
const answering = (publish: readonly Packet['cmd'][], pubrel: readonly Packet['cmd'][] = ['pubcomp']): OnPacket => {
  const answer = (commands: readonly Packet['cmd'][], messageId: number, send: (packet: Packet) => void) => {
    for (const cmd of commands) send({ cmd, messageId, reasonCode: 0 } as Packet)
  }
  return (packet, connection) => {
    const messageId = packet.messageId ?? 0
    if (packet.cmd === 'publish' && packet.qos > 0) answer(publish, messageId, connection.send)
    else if (packet.cmd === 'pubrel') answer(pubrel, messageId, connection.send)
    else politely()(packet, connection)
  }
}

describe('an acknowledgement that is not the right one', () => {
  it.each([
    ['PUBACK for QoS 2', 2, ['puback'], 'PUBACK', 'PUBREC', '§4.3.3'],
    ['PUBCOMP before PUBREL', 2, ['pubcomp'], 'PUBCOMP', 'PUBREC', '§4.3.3'],
    ['PUBREC for QoS 1', 1, ['pubrec'], 'PUBREC', 'PUBACK', '§4.3.2'],
    ['PUBCOMP for QoS 1', 1, ['pubcomp'], 'PUBCOMP', 'PUBACK', '§4.3.2'],
  ] as const)(
    '%s is named, settles the message, and the connection stays',
    async (...[, qos, wrong, packet, expected, clause]) => {
      let isWrong = true
      const { server, harness, profile, statesOf, recordOf } = await started((sent, connection) => {
        const onPacket = isWrong ? answering(wrong) : politely()
        onPacket(sent, connection)
      })
      const result = await harness.registry.publish(publishTo(profile, { qos }))
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'deliveryViolated', values: { packet, expected, qos, clause: `MQTT 5 ${clause}` } },
      })
      await waitFor('the state', () => statesOf(1).at(-1) === 'violated')
      expect(recordOf(1)).toMatchObject({ violation: { code: 'deliveryViolated' } })
      isWrong = false
      expect(await harness.registry.publish(publishTo(profile, { qos }))).toMatchObject({ ok: true })
      expect(harness.stateOf(profile).phase).toBe('online')
      expect(server.connections).toHaveLength(1)
      // Whoever sent PUBREC waits for PUBREL.
      if (packet === 'PUBREC') expect(server.connections[0]?.received.map(({ cmd }) => cmd)).toContain('pubrel')
    },
  )

  it.each(versions)('MQTT %s: PUBACK for QoS 2 has the clause of that version', async (protocolVersion) => {
    const { harness, profile } = await started(answering(['puback']), { protocolVersion })
    const result = await harness.registry.publish(publishTo(profile, { qos: 2 }))
    const clause = { '3.1': 'MQTT 3.1 §4.1', '3.1.1': 'MQTT 3.1.1 §4.3.3', '5': 'MQTT 5 §4.3.3' }[protocolVersion]
    expect(result).toMatchObject({ error: { values: { clause } } })
  })

  it.each([
    ['PUBACK', [0x40, 2, 0, 77]],
    ['PUBREC', [0x50, 2, 0, 77]],
    ['PUBCOMP', [0x70, 2, 0, 77]],
  ])('%s that nobody waits for is told, counted, and the connection stays', async (packet, bytes) => {
    const { server, harness, profile, violation } = await started(answering(['puback', 'puback']))
    server.connections[0]?.sendBytes(...bytes, ...bytes)
    await waitFor('both', () => violation()?.count === 2)
    expect(violation()?.error).toMatchObject({ code: 'answerUnasked', values: { packet, packetId: 77 } })
    expect(await harness.registry.publish(publishTo(profile, { qos: 1 }))).toMatchObject({ ok: true })
    await waitFor('the second PUBACK for one message', () => violation()?.count === 3)
    expect(harness.stateOf(profile).phase).toBe('online')
  })

  it('a PUBREC of a resumed session is released, and its PUBCOMP is no surprise', async () => {
    const { server, violation, harness, profile } = await started(
      politely(undefined, { sessionPresent: true }),
      keptSession,
    )
    server.connections[0]?.sendBytes(0x50, 2, 0, 9)
    await waitFor('PUBREL', () => server.connections[0]?.received.some(({ cmd }) => cmd === 'pubrel'))
    expect(await harness.registry.publish(publishTo(profile, { qos: 2 }))).toMatchObject({ ok: true })
    expect(violation()).toBeUndefined()
  })

  it('PUBREC twice is none: MQTT 3.1 sends it again by the clock', async () => {
    const { harness, profile, violation } = await started(answering(['pubrec', 'pubrec']), { protocolVersion: '3.1' })
    expect(await harness.registry.publish(publishTo(profile, { qos: 2 }))).toMatchObject({ ok: true })
    expect(await harness.registry.publish(publishTo(profile, { qos: 2 }))).toMatchObject({ ok: true })
    expect(violation()).toBeUndefined()
  })
})

describe('reason codes on the way', () => {
  it.each([
    ['of PUBREC', 0x10, 0, 0x10],
    ['of PUBCOMP', 0, 0x92, 0x92],
    ['of both, the later one', 0x10, 0x92, 0x92],
  ])('%s are told', async (...[, pubrec, pubcomp, told]) => {
    const { harness, profile, recordOf } = await started((packet, connection) => {
      const { messageId = 0 } = packet
      if (packet.cmd === 'publish') connection.send({ cmd: 'pubrec', messageId, reasonCode: pubrec })
      else if (packet.cmd === 'pubrel') connection.send({ cmd: 'pubcomp', messageId, reasonCode: pubcomp })
      else politely()(packet, connection)
    })
    const result = await harness.registry.publish(publishTo(profile, { qos: 2 }))
    expect(result).toMatchObject({ ok: true, value: { reasonCode: told, protocolVersion: '5' } })
    expect(recordOf(1)).toMatchObject({
      packetId: 1,
      timesSent: 1,
      qos: 2,
      protocolVersion: '5',
      violation: null,
      legs: [
        {
          packet: 'PUBLISH',
          dup: false,
          reasonCode: null,
        },
        {
          packet: 'PUBREC',
          reasonCode: pubrec,
        },
        {
          packet: 'PUBREL',
          reasonCode: null,
        },
        {
          packet: 'PUBCOMP',
          reasonCode: pubcomp,
        },
      ],
    })
  })

  it.each(['puback', 'pubrec'] as const)('of a refusal by %s come with what the server said', async (cmd) => {
    const { harness, profile, recordOf, statesOf } = await started((packet, connection) => {
      if (packet.cmd !== 'publish') politely()(packet, connection)
      else {
        const properties = { reasonString: 'about bad', userProperties: { a: ['2', '1'] } }
        connection.send({ cmd, messageId: packet.messageId ?? 0, reasonCode: 0x95, properties })
      }
    })
    const result = await harness.registry.publish(publishTo(profile, { qos: cmd === 'puback' ? 1 : 2 }))
    const reason = 'Packet too large (0x95) "about bad"'
    expect(result).toMatchObject({ error: { code: 'publishRefused', reasonCode: 0x95, values: { reason } } })
    await waitFor('the state', () => statesOf(1).at(-1) === 'refused')
    const userProperties = [
      ['a', '2'],
      ['a', '1'],
    ]
    expect(recordOf(1)?.legs[1]).toMatchObject({ words: { reasonString: 'about bad', userProperties } })
  })

  it.each(['3.1', '3.1.1'] as const)('are not invented for MQTT %s', async (protocolVersion) => {
    const { harness, profile, recordOf } = await started(politely(), { protocolVersion })
    expect(await harness.registry.publish(publishTo(profile, { qos: 2 }))).toMatchObject({ value: { protocolVersion } })
    expect(recordOf(1)?.legs.map(({ packet, reasonCode }) => [packet, reasonCode])).toEqual([
      ['PUBLISH', null],
      ['PUBREC', null],
      ['PUBREL', null],
      ['PUBCOMP', null],
    ])
  })
})

describe('a message that the end of the connection interrupts', () => {
  it.each(versions)(
    'MQTT %s: is interrupted in a kept session, then sent again with DUP to its true end',
    async (protocolVersion) => {
      const { harness, profile, statesOf, recordOf } = await started(
        (packet, connection) => {
          if (packet.cmd === 'publish' && connection.number === 1) connection.socket.destroy()
          else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
        },
        { ...keptSession, protocolVersion },
      )
      const result = await harness.registry.publish(publishTo(profile, { qos: 1 }))
      expect(result).toMatchObject({ error: { code: 'publishInterrupted', values: { sequence: 1, again: 'yes' } } })
      await waitFor('the acknowledgement', () => statesOf(1).at(-1) === 'acknowledged')
      expect(statesOf(1)).toContain('interrupted')
      expect(statesOf(1)).not.toContain('lost')
      expect(recordOf(1)).toMatchObject({
        timesSent: 2,
        packetId: 1,
        legs: [
          {
            packet: 'PUBLISH',
            dup: false,
          },
          {
            packet: 'PUBLISH',
            dup: true,
          },
          { packet: 'PUBACK' },
        ],
      })
    },
  )

  it.each([
    ['the session was not to be kept', { cleanStart: true }],
    ['the server has no session any more', keptSession],
  ])('is lost where %s', async (_name, given) => {
    const { harness, profile, statesOf } = await started(
      (packet, connection) => {
        if (packet.cmd === 'publish' && connection.number === 1) connection.socket.destroy()
        else politely()(packet, connection)
      },
      { reconnect: withReconnect, ...given },
    )
    await harness.registry.publish(publishTo(profile, { qos: 1 }))
    await waitFor('the end', () => statesOf(1).at(-1) === 'lost')
  })

  it('is sent after all when it only waited for its turn', async () => {
    const { server, harness, profile, statesOf } = await started((packet, connection) => {
      if (packet.cmd === 'publish' && connection.number === 1) {
        if (packet.topic === 'test') return
      }
      politely(undefined, { sessionPresent: connection.number > 1, properties: { receiveMaximum: 1 } })(
        packet,
        connection,
      )
    }, keptSession)
    const sent = [1, 2, 3].map(() => harness.registry.publish(publishTo(profile, { qos: 1 })))
    await waitFor('the queue', () => statesOf(3).at(-1) === 'queued')
    server.connections[0]?.socket.destroy()
    for (const result of await Promise.all(sent)) expect(result).toMatchObject({ error: { values: { again: 'yes' } } })
    await waitFor('all', () => [1, 2, 3].every((number) => statesOf(number).at(-1) === 'acknowledged'))
    const again = server.connections[1]?.received.filter(({ cmd }) => cmd === 'publish')
    expect(again).toMatchObject([{ dup: true }, { dup: false }, { dup: false }])
  })

  it('can be given up while there is no connection', async () => {
    const { server, harness, profile, statesOf } = await started(
      (packet, connection) => {
        if (packet.cmd === 'publish') connection.socket.destroy()
        else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
      },
      { ...keptSession, reconnect: { ...withReconnect, enabled: false } },
    )
    await harness.registry.publish(publishTo(profile, { qos: 2 }))
    await harness.reach(profile, 'failed')
    expect(harness.registry.dropMessage(profile.id, 1)).toMatchObject({ ok: true })
    await harness.connect(profile)
    await waitFor('the state', () => statesOf(1).at(-1) === 'dropped')
    expect(server.connections[1]?.received).toEqual([])
  })
})

describe('mosquitto with an access list', () => {
  it.each(versions)('MQTT %s: says what it can of a message that is not allowed', async (protocolVersion) => {
    const broker = await startedBroker({ users: { ann: 'secret' }, acl: ['user ann', 'topic readwrite own/#'] })
    const harness = startedHarness()
    const profile = testProfile({ port: broker.port(), protocolVersion, username: 'ann', usePassword: true })
    await harness.connect(profile, { password: 'secret' })
    for (const qos of [1, 2] as const) {
      const request = publishTo(profile, { topic: 'other/x', qos })
      const result = await harness.registry.publish(request)
      if (protocolVersion === '5')
        expect(result).toMatchObject({ ok: false, error: { values: { reason: 'Not authorized (0x87)' } } })
      else expect(result).toMatchObject({ ok: true, value: { protocolVersion, reasonCode: 0 } })
    }
    expect(await harness.registry.publish(publishTo(profile, { topic: 'own/x', qos: 2 }))).toMatchObject({ ok: true })
    expect(harness.registry.get(profile.id)?.status().violation).toBeUndefined()
  })
})
