import { describe, expect, it } from 'vitest'
import { newProfile, type Profile } from '#shared/model/profile'
import { noWill } from '#shared/model/will'
import { connectOptions, isSameSession, keepsSession, streamTarget } from './clientOptions'
import { noMaterial } from './tls/tlsMaterial'

const profile = (given: Partial<Profile> = {}) => newProfile({ id: 'a', clientId: 'me', ...given })

describe('the CONNECT of a profile', () => {
  it('says what the profile says and leaves out what is not set', () => {
    expect(connectOptions(profile(), {})).toEqual({
      protocolVersion: 5,
      protocolId: 'MQTT',
      clientId: 'me',
      clean: true,
      keepalive: 60,
      properties: { requestResponseInformation: true },
    })
    expect(connectOptions(profile({ protocolVersion: '3.1' }), {})).toMatchObject({
      protocolVersion: 3,
      protocolId: 'MQIsdp',
    })
  })

  it('carries a password only where the profile wants one', () => {
    const secrets = { password: Buffer.from('pä') }
    expect(connectOptions(profile({ username: 'ann' }), secrets)).not.toHaveProperty('password')
    const withPassword = connectOptions(profile({ username: 'ann', usePassword: true }), secrets)
    expect(withPassword).toMatchObject({ username: 'ann', password: Buffer.from('pä') })
  })

  it('names an empty user where 3.1.1 demands one for a password', () => {
    const secrets = { password: Buffer.from('p') }
    expect(connectOptions(profile({ usePassword: true, protocolVersion: '3.1.1' }), secrets)).toMatchObject({
      username: '',
    })
    expect(connectOptions(profile({ usePassword: true }), secrets)).not.toHaveProperty('username')
  })

  it('sends a session expiry in MQTT 5 only, and the will only when it is enabled', () => {
    expect(connectOptions(profile({ sessionExpirySeconds: 60 }), {})).toMatchObject({
      properties: { sessionExpiryInterval: 60 },
    })
    expect(connectOptions(profile({ sessionExpirySeconds: 60, protocolVersion: '3.1.1' }), {})).not.toHaveProperty(
      'properties',
    )
    const will = { ...noWill, enabled: true, topic: 'gone', payload: '☂', qos: 1 as const, retain: true }
    expect(connectOptions(profile({ will }), {})).toMatchObject({
      will: { topic: 'gone', payload: Buffer.from('☂'), qos: 1, retain: true },
    })
    expect(connectOptions(profile({ will: { ...will, enabled: false } }), {})).not.toHaveProperty('will')
  })
})

describe('where a profile dials', () => {
  it('follows the scheme', () => {
    const parts = (given: Partial<Profile>) => {
      const { tls, webSocket } = streamTarget(profile(given), noMaterial)
      return [tls !== null, webSocket?.subprotocol ?? null]
    }
    expect(parts({ scheme: 'mqtt' })).toEqual([false, null])
    expect(parts({ scheme: 'mqtts' })).toEqual([true, null])
    expect(parts({ scheme: 'ws' })).toEqual([false, 'mqtt'])
    expect(parts({ scheme: 'wss', protocolVersion: '3.1' })).toEqual([true, 'mqttv3.1'])
  })

  it('reads ALPN names and the brackets of an IPv6 address', () => {
    const tls = { ...profile().tls, alpn: ' x-amzn-mqtt-ca, mqtt ,' }
    expect(streamTarget(profile({ scheme: 'mqtts', host: '[::1]', tls }), noMaterial)).toMatchObject({
      place: { host: '::1' },
      tls: { alpn: ['x-amzn-mqtt-ca', 'mqtt'] },
    })
  })
})

describe('a session', () => {
  it('outlives its connection only where it is not cleaned and, in MQTT 5, has an expiry', () => {
    expect(keepsSession(profile({ cleanStart: false, sessionExpirySeconds: 1 }))).toBe(true)
    expect(keepsSession(profile({ cleanStart: false }))).toBe(false)
    expect(keepsSession(profile({ cleanStart: true, sessionExpirySeconds: 1 }))).toBe(false)
    expect(keepsSession(profile({ cleanStart: false, protocolVersion: '3.1.1' }))).toBe(true)
  })

  it('belongs to one client id at one address', () => {
    expect(isSameSession(profile(), profile({ name: 'other', keepaliveSeconds: 5 }))).toBe(true)
    expect(isSameSession(profile(), profile({ clientId: 'you' }))).toBe(false)
    expect(isSameSession(profile(), profile({ port: 1 }))).toBe(false)
  })
})
