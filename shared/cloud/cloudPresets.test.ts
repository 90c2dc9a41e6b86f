import { describe, expect, it } from 'vitest'
import { topicFilterProblem } from '../mqtt/topicFilter'
import { newProfile, profileSchema } from '../model/profile'
import { cloudPresets, missingFields, type CloudPresetId, type CloudValues } from './cloudPresets'

const presetOf = (id: CloudPresetId) => {
  const preset = cloudPresets.find((one) => one.id === id)
  if (!preset) throw new Error(id)
  return preset
}

const examplesOf = (id: CloudPresetId): CloudValues =>
  Object.fromEntries(presetOf(id).fields.map(({ field, example }) => [field, example]))

const profileFrom = (id: CloudPresetId, values: CloudValues = examplesOf(id)) => {
  const start = newProfile({ id: 'p', name: 'p' })
  const profile: Record<string, unknown> = { ...start, tls: { ...start.tls }, signing: { ...start.signing } }
  for (const [path, value] of Object.entries(presetOf(id).settings(values))) {
    const [name = '', inner] = path.split('.')
    if (inner === undefined) profile[name] = value
    else profile[name] = { ...(profile[name] as object), [inner]: value }
  }
  return profileSchema.parse(profile)
}

describe.each(cloudPresets.map(({ id }) => id))('%s', (id) => {
  it('fills in a profile that can be saved, over TLS, with a checked certificate', () => {
    const { scheme, tls } = profileFrom(id)
    expect(scheme).toMatch(/s$/)
    expect(tls.verify).toBe(true)
  })

  it('has filters that can be subscribed to', () => {
    for (const filter of presetOf(id).filters(examplesOf(id))) expect(topicFilterProblem(filter)).toBeNull()
  })

  it('says what is missing', () => {
    const needed = presetOf(id).fields.filter(({ isOptional }) => isOptional !== true)
    expect(missingFields(presetOf(id), {})).toEqual(needed.map(({ field }) => field))
    expect(missingFields(presetOf(id), examplesOf(id))).toEqual([])
  })
})

it.each<[CloudPresetId, object]>([
  ['awsCertificate', { port: 8883, username: '', tls: { alpn: '' } }],
  ['awsCertificate443', { port: 443, tls: { alpn: 'x-amzn-mqtt-ca' } }],
  ['awsAuthorizer', { port: 443, username: 'pump?x-amz-customauthorizer-name=my-authorizer', tls: { alpn: 'mqtt' } }],
  ['awsWebSocket', { scheme: 'wss', path: '/mqtt', signing: { method: 'awsSigV4' } }],
  [
    'azureIotHub',
    {
      protocolVersion: '3.1.1',
      clientId: 'pump-1',
      username: 'my-hub.azure-devices.net/pump-1/?api-version=2021-04-12',
      signing: { method: 'azureSas' },
    },
  ],
  ['thingsStack', { username: 'my-sensors@ttn' }],
])('%s is as its service says', (id, wanted) => {
  expect(profileFrom(id)).toMatchObject(wanted)
})

it.each([
  'mqtts://hub.azure-devices.net:8883/',
  ' hub.azure-devices.net ',
  'https://hub.azure-devices.net/path',
  'hub.azure-devices.net:8883',
])('takes the host out of %j', (endpoint) => {
  expect(profileFrom('azureIotHub', { endpoint, device: 'd' }).host).toBe('hub.azure-devices.net')
})
