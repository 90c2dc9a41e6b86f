import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { importTarget } from '../../electron/core/importing/importState'
import { profileArbitrary } from '../support/profileArbitrary'
import { readDocument } from '../../shared/importing/readDocument'
import { readForeign } from '../../shared/importing/readForeign'
import { colourNames } from '../../shared/model/colour'
import { hexOfColour, nearestColour } from '../../shared/importing/nearestColour'
import { profileSchema, usesTls, usesWebSocket, type Profile } from '../../shared/model/profile'
import { emptyMessage } from '../../shared/model/publish'
import { encodeUtf8 } from '../../shared/mqtt/utf8'
import { mosquittoText } from '../../shared/exporting/mosquittoLines'
import { mqttAnalyzerText } from '../../shared/exporting/mqttAnalyzerFile'
import { mqttxText } from '../../shared/exporting/mqttxFile'
import { ownFileSchema, ownFileText, type OwnConnection } from '../../shared/exporting/ownFormat'

const read = (text: string) => readForeign(readDocument(encodeUtf8(text)), '/data/certificates', '/data/schemas')

const whole = fc.record({
  profile: profileArbitrary,
  savedMessages: fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      name: fc.stringMatching(/^[a-zä温]{1,8}$/u),
      folders: fc.array(fc.stringMatching(/^[a-z/. 温]{1,6}$/u), { maxLength: 3 }),
      order: fc.option(fc.integer()),
      shortcut: fc.constantFrom('', 'CmdOrCtrl+Alt+1'),
      message: fc
        .record({ payload: fc.string(), qos: fc.constantFrom(0 as const, 1 as const, 2 as const) })
        .map((said) => ({
          ...emptyMessage,
          topic: 'a',
          ...said,
        })),
    }),
    { selector: ({ id }) => id, maxLength: 3 },
  ),
  charts: fc.constantFrom<OwnConnection['charts']>(
    [],
    [{ id: 'c', series: [{ topic: 't', path: ['a', 0], colour: 'blue', axis: 'left' }] }],
  ),
  payloadRules: fc.constantFrom<OwnConnection['payloadRules']>(
    [],
    [{ id: 'r', connectionId: 'x', filter: 'a/#', decoder: 'gzip+json' }],
  ),
})

/** A file that would be written never comes along. */
const withoutKeyLog = (own: OwnConnection): OwnConnection => ({
  ...own,
  profile: { ...own.profile, tls: { ...own.profile.tls, keyLogFile: '' } },
})

describe('our own file', () => {
  it('says everything of connections, and they are the same when they are imported again', () => {
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 3 }), (connections) => {
        const text = ownFileText(connections, null)
        const { tool, connections: imported } = read(text)
        expect(tool).toBe('Topicscope')
        expect(imported).toHaveLength(connections.length)
        for (const [index, one] of imported.entries()) {
          const given = connections[index] && withoutKeyLog(connections[index])
          expect(one.profile).toEqual(profileSchema.parse(given?.profile))
          expect(one.charts).toEqual(given?.charts)
          expect(one.payloadRules).toEqual(given?.payloadRules)
          expect(one.messages.map(({ kept, ...rest }) => ({ ...rest, ...kept }))).toEqual(given?.savedMessages)
          const known = new Map(given ? [[given.profile.id, given.profile]] : [])
          expect(importTarget(one, known).state).toBe('same')
        }
        // The same connections are the same lines, in whatever order their keys were.
        const turned = connections.map((one) => ({ ...one, profile: turnedKeys(one.profile) }))
        expect(ownFileText(turned, null)).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  it('is described by the JSON Schema that is published', () => {
    const published: unknown = JSON.parse(readFileSync('build/docs/topicscope-connections.schema.json', 'utf8'))
    expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(ownFileSchema, { io: 'input' }))))
  })

  it('loses none of the others where one is damaged, and says which field is to blame', () => {
    const [sound] = fc.sample(profileArbitrary, 1)
    const parts = { savedMessages: [], charts: [], payloadRules: [] }
    const file = {
      format: 'topicscope-connections',
      version: 1,
      connections: [{ profile: { name: 'Bad' } }, { profile: sound, ...parts }],
    }
    expect(read(JSON.stringify(file)).connections).toMatchObject([
      { name: 'Bad', profile: null, dropped: [{ field: 'profile.id', why: 'invalid' }] },
      { profile: { id: sound?.id } },
    ])
    expect(() => read(JSON.stringify({ ...file, version: 2 }))).toThrow('newer')
  })
})

const turnedKeys = (profile: Profile): Profile => Object.fromEntries(Object.entries(profile).toReversed()) as Profile

/** What every format can hold of a profile. */
const common = ({ host, port, scheme, protocolVersion, clientId, username }: Profile) => ({
  host,
  port,
  scheme,
  protocolVersion,
  username,
  ...(clientId !== '' && { clientId }),
})
const imported = (text: string) => {
  const [profile] = read(text).connections.map((one) => one.profile)
  if (!profile) throw new Error(`nothing was made of ${text}`)
  return profile
}

describe('a file of another tool', () => {
  it('of MQTTX holds address, session, subscriptions with their options, last will and paths', () => {
    fc.assert(
      fc.property(profileArbitrary, (profile) => {
        const { name, keepaliveSeconds, connectTimeoutSeconds, cleanStart, sessionExpirySeconds, tls, will } = profile
        const files = { caFile: tls.caFile, certificateFile: tls.certificateFile, keyFile: tls.keyFile }
        expect(imported(mqttxText([profile]))).toMatchObject({
          ...common(profile),
          name,
          keepaliveSeconds,
          connectTimeoutSeconds,
          cleanStart,
          sessionExpirySeconds,
          tls: { verify: tls.verify, alpn: tls.alpn, ...(usesTls(profile.scheme) && files) },
          will: will.enabled ? will : { enabled: false },
          subscriptions: profile.subscriptions.map(({ filter, qos, alias, colour, enabled }) => ({
            filter,
            qos,
            alias,
            colour,
            enabled,
          })),
        })
      }),
      { numRuns: 60 },
    )
  })

  it('of MQTTAnalyzer holds address, subscriptions that are on, folder and authorities', () => {
    const ca = { name: 'ca.crt', data: Buffer.from('-----CA').toString('base64') }
    fc.assert(
      fc.property(
        profileArbitrary.filter(({ protocolVersion }) => protocolVersion !== '3.1'),
        (profile) => {
          expect(imported(mqttAnalyzerText(profile, ca))).toMatchObject({
            ...common(profile),
            name: profile.name,
            folder: profile.folder,
            ...(usesWebSocket(profile.scheme) && { path: profile.path }),
            tls: {
              caFile: expect.stringContaining('/ca.crt') as string,
              ...(usesTls(profile.scheme) && { verify: profile.tls.verify }),
            },
            subscriptions: profile.subscriptions
              .filter(({ enabled }) => enabled)
              .map(({ filter, qos }) => ({ filter, qos })),
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of mosquitto holds address, session, last will and subscriptions that are on', () => {
    fc.assert(
      fc.property(profileArbitrary, (profile) => {
        const { keepaliveSeconds, cleanStart, sessionExpirySeconds, protocolVersion, tls, will } = profile
        const isSecure = usesTls(profile.scheme)
        const { kind, host, port, username } = profile.network.proxy
        const hasSocks = kind === 'socks5' || kind === 'socks5Name'
        const on = profile.subscriptions.filter(({ enabled }) => enabled)
        expect(imported(mosquittoText([profile]))).toMatchObject({
          ...common(profile),
          keepaliveSeconds,
          cleanStart,
          ...(protocolVersion === '5' && { sessionExpirySeconds }),
          ...(isSecure && {
            tls: { caFile: tls.caFile, certificateFile: tls.certificateFile, verify: tls.verify, alpn: tls.alpn },
          }),
          ...(will.enabled && { will }),
          network: { proxy: hasSocks ? { kind: 'socks5Name', host, port: port ?? 1080, username } : { kind: 'none' } },
          subscriptions: on.map(({ filter }) => ({ filter, qos: Math.max(...on.map(({ qos }) => qos)) })),
        })
      }),
      { numRuns: 60 },
    )
  })

  it('has colours that are nearest to ours', () => {
    for (const colour of colourNames) expect(nearestColour(hexOfColour(colour))).toBe(colour)
  })
})
