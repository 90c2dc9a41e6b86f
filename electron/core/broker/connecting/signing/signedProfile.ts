import { defaultPorts, type Profile, type Secrets } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import { presignedQuery } from './awsSigV4'
import { sharedAccessSignature } from './azureSas'

/** What a connection is made with: credentials are made, and no key is in it. */
export interface SignedProfile {
  readonly profile: Profile
  readonly secrets: Secrets
  /** When the broker ends the connection, in milliseconds since 1970; null = by itself never. */
  readonly expiresAt: number | null
}

/**
 * Makes the credentials that the profile asks for. `now` is in milliseconds since 1970. Fails with `signingFailed` and the field to
 * blame. What comes of it is for the connection alone: what is told of the connection is told of the profile as it was.
 */
export const signedProfile = (profile: Profile, secrets: Secrets, now: number): Result<SignedProfile> => {
  switch (profile.signing.method) {
    case 'none':
      return ok({ profile, secrets, expiresAt: null })
    case 'azureSas':
      return withSharedAccessSignature(profile, secrets, now)
    case 'awsSigV4':
      return withPresignedPath(profile, secrets, now)
  }
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

const withSharedAccessSignature = (profile: Profile, { password = '', ...rest }: Secrets, now: number) => {
  const { host, clientId, signing } = profile
  const { policyName, lifetimeSeconds } = signing
  const typed = password.trim()
  if (!base64.test(typed) || typed.length % 4 !== 0) return cannotSign('password', 'keyNotBase64')
  const expiresAt = Math.floor(now / 1_000) + lifetimeSeconds
  const resource = policyName === '' ? `${host}/devices/${clientId}` : host
  const token = sharedAccessSignature({ resource, key: Buffer.from(typed, 'base64'), policyName, expiresAt })
  return ok({
    profile: { ...profile, usePassword: true, passwordFormat: 'text' as const },
    secrets: { ...rest, password: token },
    expiresAt: expiresAt * 1_000,
  })
}

const regionInHost = /(?:^|\.)iot\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/

const withPresignedPath = (profile: Profile, { password = '', ...rest }: Secrets, now: number) => {
  const { host, port, scheme, path, username, signing } = profile
  const region = signing.region || (regionInHost.exec(host.toLowerCase())?.[1] ?? '')
  if (region === '') return cannotSign('signing.region', 'regionUnknown')
  if (scheme !== 'wss' && scheme !== 'ws') return cannotSign('scheme', 'needsWebSocket')
  // A session token of temporary credentials stands behind the secret.
  const [secretAccessKey = '', sessionToken] = password.trim().split(/\s+/)
  if (username === '') return cannotSign('username', 'keyMissing')
  if (secretAccessKey === '') return cannotSign('password', 'keyMissing')
  const [bare = '', given = ''] = splitOnce(path === '' ? '/mqtt' : path)
  const signed = presignedQuery({
    host: port === defaultPorts[scheme] ? host : `${host}:${port}`,
    path: bare,
    query: [...new URLSearchParams(given)],
    region,
    service: 'iotdevicegateway',
    accessKeyId: username,
    secretAccessKey,
    lifetimeSeconds: signing.lifetimeSeconds,
    now,
  })
  // AWS IoT does not sign the token (https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html).
  const token = sessionToken === undefined ? '' : `&X-Amz-Security-Token=${encodeURIComponent(sessionToken)}`
  return ok({
    profile: { ...profile, path: `${bare}?${signed}${token}`, username: '', usePassword: false },
    secrets: rest,
    expiresAt: null,
  })
}

const splitOnce = (path: string): readonly string[] => {
  const at = path.indexOf('?')
  return at < 0 ? [path] : [path.slice(0, at), path.slice(at + 1)]
}

const cannotSign = (field: string, detail: SigningProblem): Result<never> =>
  fail('signingFailed', `The credentials cannot be made: ${detail}.`, { field, values: { detail } })

/** The catalogues hold words for each (`errors.signingFailed` chooses by them). */
type SigningProblem = 'keyNotBase64' | 'keyMissing' | 'regionUnknown' | 'needsWebSocket'
