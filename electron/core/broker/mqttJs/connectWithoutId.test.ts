import mqttPacket, { type IConnectPacket } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { placeholderId, withoutClientId } from './connectWithoutId'

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
