import fc from 'fast-check'
import mqttPacket, { type IConnectPacket } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import type { ConnectOptions } from '../connecting/clientOptions'
import { encodeConnect } from './connectPacket'

const absent = { nil: undefined }
const string = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0'))
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array))
const whole = (max: number, min = 0) => fc.option(fc.integer({ min, max }), absent)
const pairs = fc.array(fc.tuple(string, string), { maxLength: 5 })
const qos = fc.constantFrom(0 as const, 1 as const, 2 as const)

const will = fc.record({
  topic: string.filter((topic) => topic !== ''),
  payload: bytes,
  qos,
  retain: fc.boolean(),
  delaySeconds: whole(4_294_967_295),
  properties: fc.record({
    payloadFormatIndicator: fc.option(fc.constantFrom(0, 1), absent),
    messageExpirySeconds: whole(4_294_967_295),
    contentType: fc.option(string, absent),
    responseTopic: fc.option(string, absent),
    correlationData: fc.option(bytes, absent),
    userProperties: fc.option(pairs, absent),
  }),
})

const properties = fc.record({
  sessionExpiryInterval: whole(4_294_967_295),
  receiveMaximum: whole(65_535, 1),
  maximumPacketSize: whole(4_294_967_295, 1),
  topicAliasMaximum: whole(65_535),
  requestResponseInformation: fc.option(fc.boolean(), absent),
  requestProblemInformation: fc.option(fc.boolean(), absent),
  userProperties: fc.option(pairs, absent),
  authenticationMethod: fc.constant('SCRAM-SHA-1'),
  authenticationData: fc.option(bytes, absent),
})

const versions = fc.constantFrom(
  { protocolVersion: 3 as const, protocolId: 'MQIsdp' as const },
  { protocolVersion: 4 as const, protocolId: 'MQTT' as const },
  { protocolVersion: 5 as const, protocolId: 'MQTT' as const },
)

/** Without what is absent: fast-check names it all the same. */
const definedOnly = <Given extends object>(given: Given): Given =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
      if (value === undefined) return []
      const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
      return [[name, isPlain ? definedOnly(value) : value]]
    }),
  ) as Given

const connects = fc
  .record({
    version: versions,
    clientId: string,
    clean: fc.boolean(),
    keepalive: fc.integer({ min: 0, max: 65_535 }),
    username: fc.option(string, absent),
    password: fc.option(bytes, absent),
    will: fc.option(will, absent),
    properties,
  })
  .map(({ version, ...rest }) => definedOnly({ ...version, ...rest }) as ConnectOptions)

/** CONNECT as the parser of another library reads it. */
const readBack = (packet: Buffer): IConnectPacket => {
  const parser = mqttPacket.parser()
  const seen: unknown[] = []
  parser.on('packet', (one: unknown) => void seen.push(one))
  parser.on('error', (error: Error) => {
    throw error
  })
  expect(parser.parse(packet)).toBe(0)
  expect(seen).toHaveLength(1)
  return seen[0] as IConnectPacket
}

/** The other library groups user properties by their names, and forgets a first value that is empty when a second one comes. */
const grouped = (given: readonly (readonly [string, string])[] | undefined) => {
  const names: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>
  for (const [name, value] of given ?? []) {
    const known = names[name]
    names[name] = known === undefined || known === '' ? value : [...(Array.isArray(known) ? known : [known]), value]
  }
  return names
}

describe('the bytes of CONNECT', () => {
  // A client without a name or with another version is allowed to ask; what the other library cannot read is told below.
  const readable = connects.filter(
    ({ clientId, clean, protocolVersion, username, password }) =>
      (clientId !== '' || (clean && protocolVersion > 3)) && (username !== undefined || password === undefined),
  )

  it('are read back as they were meant, in every version', () => {
    fc.assert(
      fc.property(readable, (options) => {
        const seen = readBack(encodeConnect(options))
        const { clientId, clean, keepalive, protocolVersion } = options
        expect(seen).toMatchObject({ clientId, clean, keepalive, protocolVersion })
        expect(seen.username).toEqual(options.username)
        expect(seen.password?.toString('hex')).toEqual(options.password?.toString('hex'))
        if (options.will) {
          const { topic, payload, qos: level, retain } = options.will
          expect(seen.will).toMatchObject({ topic, qos: level, retain })
          expect(Buffer.from(seen.will?.payload ?? '').toString('hex')).toBe(payload.toString('hex'))
        } else expect(seen.will).toBeUndefined()
        if (protocolVersion !== 5) return
        const { userProperties, ...others } = options.properties ?? {}
        const { userProperties: seenPairs, ...seenOthers } = seen.properties ?? {}
        expect(seenOthers).toEqual(others)
        expect({ ...seenPairs }).toEqual({ ...grouped(userProperties) })
        if (!options.will) return
        const { messageExpirySeconds, userProperties: willPairs, ...rest } = options.will.properties ?? {}
        const { userProperties: seenWillPairs, ...seenRest } = seen.will?.properties ?? {}
        expect({ ...seenWillPairs }).toEqual({ ...grouped(willPairs) })
        expect(seenRest).toEqual(
          definedOnly({
            ...rest,
            payloadFormatIndicator:
              rest.payloadFormatIndicator === undefined ? undefined : rest.payloadFormatIndicator === 1,
            messageExpiryInterval: messageExpirySeconds,
            willDelayInterval: options.will.delaySeconds,
          }),
        )
      }),
    )
  })

  const plain: ConnectOptions = { protocolVersion: 5, protocolId: 'MQTT', clientId: 'me', clean: true, keepalive: 60 }
  const hex = (options: Partial<ConnectOptions>) => encodeConnect({ ...plain, ...options }).toString('hex')

  it('keep the order of user properties and repeat their names', () => {
    const userProperties: [string, string][] = [
      ['b', '1'],
      ['a', '2'],
      ['b', '3'],
      ['', ''],
    ]
    expect(hex({ properties: { userProperties } })).toContain(
      ['26000162000131', '26000161000132', '26000162000133', '2600000000'].join(''),
    )
  })

  it('tell an empty name, an empty password and none apart', () => {
    const flags = (options: Partial<ConnectOptions>) => encodeConnect({ ...plain, ...options })[9]
    expect(flags({})).toBe(0x02)
    expect(flags({ username: '' })).toBe(0x82)
    expect(flags({ password: Buffer.alloc(0) })).toBe(0x42)
    expect(flags({ username: '', password: Buffer.alloc(0) })).toBe(0xc2)
    expect(hex({ username: '', password: Buffer.from([0xff, 0x00]) })).toMatch(/0000 ?0002ff00$/)
  })

  it('have an empty client ID with every version, also without a clean start', () => {
    for (const version of [3, 4, 5] as const) {
      const packet = encodeConnect({ ...plain, protocolVersion: version, clientId: '', clean: false })
      expect(packet.subarray(-2).toString('hex')).toBe('0000')
    }
  })
})
