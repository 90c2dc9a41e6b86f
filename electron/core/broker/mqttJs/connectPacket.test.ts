import mqttPacket, { type IConnectPacket } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { placeholderId, withoutClientId, withoutUsername } from './connectPacket'

const connect = (given: Partial<IConnectPacket>): Buffer =>
  mqttPacket.generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 5,
    clean: true,
    clientId: 'me',
    keepalive: 60,
    username: '',
    password: Buffer.from('p'),
    ...given,
  })

it.each<[string, Partial<IConnectPacket>]>([
  ['a short one', {}],
  ['one with a will and properties', { will: willOf('w'), properties: { sessionExpiryInterval: 9 } }],
  ['an empty password', { password: Buffer.alloc(0) }],
  ['one whose length loses a byte with the name', { password: Buffer.alloc(109), clientId: 'me' }],
  ['a very long password', { password: Buffer.alloc(65_535, 7) }],
])('takes the empty user name out of a CONNECT: %s', (_kind, given) => {
  const bytes = connect(given)
  const { length } = given.password ?? Buffer.from('p')
  const shorter = withoutUsername(bytes, length)
  const parser = mqttPacket.parser({ protocolVersion: 5 })
  const seen: Record<string, unknown>[] = []
  parser.on('packet', (packet: unknown) => void seen.push(packet as Record<string, unknown>))
  expect(parser.parse(shorter)).toBe(0)
  const { username, length: _length, ...expected } = parsed(bytes)
  expect(username).toBe('')
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject(expected)
  expect(seen[0]?.['username']).toBeUndefined()
})

function willOf(payload: string) {
  return { topic: 'gone', payload: Buffer.from(payload), qos: 1 as const, retain: false }
}

function parsed(bytes: Buffer): Record<string, unknown> {
  const parser = mqttPacket.parser({ protocolVersion: 5 })
  let seen: Record<string, unknown> = {}
  parser.on('packet', (packet: unknown) => (seen = packet as Record<string, unknown>))
  parser.parse(bytes)
  return seen
}

const base: IConnectPacket = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: false,
  clientId: placeholderId,
  keepalive: 60,
  username: 'ann',
  password: Buffer.from('secret'),
  will: { topic: 'gone', payload: Buffer.alloc(200), qos: 1, retain: true },
}

describe('CONNECT without a client id', () => {
  it.each<readonly [string, Partial<IConnectPacket>]>([
    ['MQTT 3.1', { protocolId: 'MQIsdp', protocolVersion: 3 }],
    ['MQTT 3.1.1', {}],
    ['MQTT 5 without properties', { protocolVersion: 5 }],
    ['MQTT 5 with properties', { protocolVersion: 5, properties: { sessionExpiryInterval: 9 } }],
  ])('of %s is the one with an id, but for that', (_name, given) => {
    const packet: IConnectPacket = { ...base, ...given }
    const withId = mqttPacket.generate(packet)
    const without = withoutClientId(withId)
    expect(without).toHaveLength(withId.length - 1)
    const at = withId.indexOf(Buffer.from([0, 1, ...Buffer.from(placeholderId)]))
    const expected = Buffer.concat([withId.subarray(0, at), Buffer.from([0, 0]), withId.subarray(at + 3)])
    // The length in front is one less.
    expect(without.subarray(3)).toEqual(expected.subarray(3))
  })
})
