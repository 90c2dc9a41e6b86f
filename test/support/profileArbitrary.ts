import fc from 'fast-check'
import { authenticationMechanisms } from '../../shared/model/authentication'
import { colourNames } from '../../shared/model/colour'
import { addressFamilies, proxyKinds } from '../../shared/model/network'
import { newProfile, type Profile } from '../../shared/model/profile'
import { signingMethods } from '../../shared/model/signing'
import { protocolVersionSchema } from '../../shared/model/qos'

const qos = fc.constantFrom(0 as const, 1 as const, 2 as const)
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((given) => given.replaceAll('\0', '').normalize('NFC'))
const name = text.map((given) => given.trim() || 'x')
const level = fc.oneof(fc.stringMatching(/^[a-z0-9 $ä温]{1,6}$/u), fc.constant('+'))
const topic = fc
  .array(fc.stringMatching(/^[a-z0-9ä温]{1,6}$/u), { minLength: 1, maxLength: 4 })
  .map((all) => all.join('/'))
const filter = fc
  .tuple(fc.array(level, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'))
const path = fc.oneof(
  fc.constant(''),
  topic.map((given) => `/certs/${given}.pem`),
)
const host = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,10}\.example$/),
  fc.constantFrom('192.0.2.1', '::1', 'fe80::1'),
)
const ids = fc.stringMatching(/^[a-z0-9-]{1,20}$/)

const subscription = fc.record(
  {
    id: ids,
    filter,
    qos,
    colour: fc.constantFrom(...colourNames),
    alias: text,
    enabled: fc.boolean(),
    muted: fc.boolean(),
    options: fc.record({
      noLocal: fc.boolean(),
      retainAsPublished: fc.boolean(),
      retainHandling: fc.constantFrom(0 as const, 1 as const, 2 as const),
    }),
  },
  { requiredKeys: ['id', 'filter', 'qos', 'colour', 'alias', 'enabled', 'muted'] },
)

const tls = fc
  .record({
    caFile: path,
    certificate: fc.oneof(fc.constant(null), topic),
    pkcs12File: path,
    serverName: fc.constantFrom('', 'broker.example'),
    alpn: fc.constantFrom('', 'mqtt', 'mqtt,x-amzn-mqtt-ca'),
    verify: fc.boolean(),
    trustCaFileAsItIs: fc.boolean(),
    trustSystemStore: fc.boolean(),
    verifyName: fc.boolean(),
    pins: fc.constantFrom('', 'ab'.repeat(32)),
    minimumVersion: fc.constantFrom('' as const, 'TLSv1' as const, 'TLSv1.2' as const),
    maximumVersion: fc.constantFrom('' as const, 'TLSv1.3' as const),
    ciphers: fc.constantFrom('', 'HIGH'),
    keyLogFile: path,
  })
  .map(({ certificate, ...rest }) => ({
    ...rest,
    certificateFile: certificate === null ? '' : `/certs/${certificate}.crt`,
    keyFile: certificate === null ? '' : `/certs/${certificate}.key`,
  }))

const authentication = fc.record({
  mechanism: fc.constantFrom(...authenticationMechanisms),
  method: name,
  data: fc.constantFrom('', 'c0de'),
  dataFormat: fc.constantFrom('text' as const, 'hex' as const, 'base64' as const, 'password' as const),
  dataFile: path,
  sendsPassword: fc.boolean(),
})

const network = fc.record({
  family: fc.constantFrom(...addressFamilies),
  localAddress: fc.constantFrom('', '192.0.2.9', '::1'),
  proxy: fc.record({
    kind: fc.constantFrom(...proxyKinds),
    host,
    port: fc.option(fc.integer({ min: 1, max: 65_535 })),
    username: text,
  }),
})

/** What a test says of each field; those that it does not know yet are as in a new profile. */
const fields = fc.record({
  name,
  folder: text.map((given) => given.trim()),
  colour: fc.constantFrom(...colourNames),
  scheme: fc.constantFrom('mqtt' as const, 'mqtts' as const, 'ws' as const, 'wss' as const),
  host,
  port: fc.integer({ min: 1, max: 65_535 }),
  path: topic.map((given) => `/${given}`),
  protocolVersion: fc.constantFrom(...protocolVersionSchema.options),
  clientId: fc.oneof(text, ids),
  username: text,
  usePassword: fc.boolean(),
  keepaliveSeconds: fc.integer({ min: 0, max: 65_535 }),
  connectTimeoutSeconds: fc.integer({ min: 1, max: 600 }),
  cleanStart: fc.boolean(),
  sessionExpirySeconds: fc.integer({ min: 0, max: 4_294_967_295 }),
  initialSeconds: fc.integer({ min: 1, max: 100 }),
  moreSeconds: fc.integer({ min: 0, max: 1_000 }),
  maximumAttempts: fc.integer({ min: 0, max: 100_000 }),
  reconnects: fc.boolean(),
  tls,
  will: fc.record({ enabled: fc.boolean(), topic, payload: text, qos, retain: fc.boolean() }),
  subscriptions: fc.uniqueArray(subscription, { selector: (one) => one.filter, maxLength: 5 }),
  connectAtStart: fc.boolean(),
  lenient: fc.boolean(),
  subscriptionIdentifiers: fc.boolean(),
  production: fc.boolean(),
  environmentId: fc.constantFrom('', 'staging'),
  signing: fc.record({
    method: fc.constantFrom(...signingMethods),
    lifetimeSeconds: fc.integer({ min: 60, max: 604_800 }),
    region: fc.constantFrom('', 'eu-central-1'),
    policyName: fc.constantFrom('', 'device'),
  }),
  authentication,
  network,
  importedFrom: fc.option(
    fc.record({ tool: name, fields: fc.dictionary(fc.stringMatching(/^[a-z.]{1,8}$/), fc.jsonValue({ maxDepth: 2 })) }),
    { nil: undefined },
  ),
})

/** Any profile of another broker than the one inside, with every field that a person can set. */
export const profileArbitrary: fc.Arbitrary<Profile> = fc
  .tuple(ids, fields)
  .map(([id, { initialSeconds, moreSeconds, maximumAttempts, reconnects, importedFrom, ...said }]) => {
    const start = newProfile({ id })
    return {
      ...start,
      ...said,
      tls: { ...start.tls, ...said.tls },
      will: { ...start.will, ...said.will },
      reconnect: {
        enabled: reconnects,
        initialSeconds,
        maximumSeconds: initialSeconds + moreSeconds,
        maximumAttempts,
      },
      ...(importedFrom && { importedFrom }),
    }
  })
