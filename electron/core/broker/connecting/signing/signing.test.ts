import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newProfile, type Profile } from '#shared/model/profile'
import { presignedQuery } from './awsSigV4'
import { sharedAccessSignature } from './azureSas'
import { signedProfile } from './signedProfile'

const profileWith = (given: Partial<Profile>) => newProfile({ id: 'p', name: 'p', ...given })
const usual = profileWith({}).signing

describe('Signature Version 4', () => {
  it('is that of the example for query parameters in the manual of Amazon S3', () => {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    const query = presignedQuery({
      host: 'examplebucket.s3.amazonaws.com',
      path: '/test.txt',
      query: [],
      region: 'us-east-1',
      service: 's3',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      lifetimeSeconds: 86_400,
      now: Date.UTC(2013, 4, 24),
      payloadHash: 'UNSIGNED-PAYLOAD',
    })
    expect(query).toBe(
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
        '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
        '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    )
  })

  const aws = (given: Partial<Profile> = {}) =>
    profileWith({
      scheme: 'wss',
      host: 'a1b2c3-ats.iot.eu-central-1.amazonaws.com',
      port: 443,
      username: 'AKIAIOSFODNN7EXAMPLE',
      usePassword: true,
      signing: { ...usual, method: 'awsSigV4' },
      ...given,
    })
  const pathOf = (profile: Profile, password = 'secret') => {
    const signed = signedProfile(profile, { password }, Date.UTC(2026, 0, 2, 3, 4, 5))
    if (!signed.ok) throw new Error(signed.error.message)
    return signed.value
  }

  it('signs the path, and neither name nor key goes into CONNECT', () => {
    const { profile, secrets, expiresAt } = pathOf(aws({ path: '/mqtt?x=1&y=%2F' }))
    const query = new URLSearchParams(profile.path.slice('/mqtt?'.length))
    expect(profile.path.startsWith('/mqtt?')).toBe(true)
    expect(query.get('X-Amz-Credential')).toBe(
      'AKIAIOSFODNN7EXAMPLE/20260102/eu-central-1/iotdevicegateway/aws4_request',
    )
    expect([query.get('x'), query.get('y'), query.get('X-Amz-Date')]).toEqual(['1', '/', '20260102T030405Z'])
    expect([profile.username, profile.usePassword, secrets, expiresAt]).toEqual(['', false, {}, null])
    expect(profile.path).not.toContain('secret')
  })

  it('a session token stands behind the signature, and does not change it', () => {
    const withToken = pathOf(aws(), 'secret to/ken+').profile.path
    expect(withToken).toBe(`${pathOf(aws()).profile.path}&X-Amz-Security-Token=to%2Fken%2B`)
  })

  it('a port that is not usual is part of the host, and the region can be said', () => {
    expect(pathOf(aws({ port: 8443 })).profile.path).not.toBe(pathOf(aws()).profile.path)
    const elsewhere = aws({ host: 'iot.example.com', signing: { ...usual, method: 'awsSigV4', region: 'eu-west-1' } })
    expect(pathOf(elsewhere).profile.path).toContain('eu-west-1')
  })

  it.each<[string, Partial<Profile>, string, string]>([
    ['without a region', { host: 'broker.example' }, 'secret', 'signing.region'],
    ['over plain MQTT', { scheme: 'mqtts' }, 'secret', 'scheme'],
    ['without an access key', { username: '' }, 'secret', 'username'],
    ['without its secret', {}, ' ', 'password'],
  ])('%s it says which field is to blame', (...[, given, password, field]) => {
    const signed = signedProfile(aws(given), { password }, 0)
    expect(signed).toMatchObject({ ok: false, error: { code: 'signingFailed', field } })
  })
})

describe('a shared access signature', () => {
  it('is an HMAC over resource and expiry, as anybody can compute it', () => {
    fc.assert(
      fc.property(
        fc.webUrl(),
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        fc.integer({ min: 0, max: 4_000_000_000 }),
        (resource, key, expiresAt) => {
          const token = sharedAccessSignature({ resource, key, policyName: 'device policy', expiresAt })
          const [kind, fields] = token.split(' ')
          const said = new URLSearchParams(fields)
          expect(kind).toBe('SharedAccessSignature')
          expect([said.get('sr'), said.get('se'), said.get('skn')]).toEqual([
            resource,
            String(expiresAt),
            'device policy',
          ])
          const wanted = createHmac('sha256', key).update(`${encodeURIComponent(resource)}\n${expiresAt}`)
          expect(said.get('sig')).toBe(wanted.digest('base64'))
        },
      ),
    )
  })

  const hub = profileWith({
    scheme: 'mqtts',
    host: 'hub.azure-devices.net',
    clientId: 'pump 1',
    usePassword: true,
    signing: { ...usual, method: 'azureSas', lifetimeSeconds: 600 },
  })

  it('is sent in the place of the key, for this device, until it expires', () => {
    const key = Buffer.from('a key of a device').toString('base64')
    const signed = signedProfile(hub, { password: ` ${key}\n`, keyPassphrase: 'kept' }, 1_000_000_500)
    if (!signed.ok) throw new Error(signed.error.message)
    const { secrets, expiresAt } = signed.value
    expect(expiresAt).toBe(1_000_600_000)
    expect(secrets.keyPassphrase).toBe('kept')
    expect(secrets.password).toContain('sr=hub.azure-devices.net%2Fdevices%2Fpump%201&')
    expect(secrets.password).not.toContain(key)
  })

  it.each(['', 'not base64!', 'abc', 'c2VjcmV0 c2VjcmV0'])('says that %j is no key', (password) => {
    expect(signedProfile(hub, { password }, 0)).toMatchObject({
      ok: false,
      error: { code: 'signingFailed', field: 'password', values: { detail: 'keyNotBase64' } },
    })
  })
})
