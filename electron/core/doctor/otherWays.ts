import { doctorLimits } from '#shared/model/doctor'
import type { ConnectionFailure, ProfileChange } from '#shared/model/failure'
import { usesTls, usesWebSocket, type Profile, type Scheme, type Secrets } from '#shared/model/profile'
import { changedBy, holdsAlready } from '#shared/model/profileChange'
import { isSamePlace } from '#shared/model/secretPlace'

/** Ports that brokers listen on: IANA's two, and those of EMQX, HiveMQ, mosquitto and of web servers. */
const usualPorts: readonly (readonly [number, Scheme])[] = [
  [1883, 'mqtt'],
  [8883, 'mqtts'],
  [8083, 'ws'],
  [8084, 'wss'],
  [9001, 'ws'],
  [443, 'wss'],
  [80, 'ws'],
]
const usualPaths = ['/mqtt', '/', '/ws']

/** Paths where they matter, the one of the settings first. */
const onPaths = (scheme: Scheme, { path }: Profile): readonly ProfileChange[] =>
  [...new Set([...(usesWebSocket(scheme) ? [] : [path]), ...usualPaths])]
    .filter((one) => one !== '')
    .map((one) => ({ scheme, path: one }))

const onUsualPorts = ({ port, path, scheme }: Profile): readonly ProfileChange[] => {
  const isAlike = (other: Scheme) => usesTls(other) === usesTls(scheme)
  const others = usualPorts.filter(([other]) => other !== port)
  // What is as encrypted as the settings want comes first.
  const sorted = [...others.filter(([, other]) => isAlike(other)), ...others.filter(([, other]) => !isAlike(other))]
  return sorted.map(([other, way]) => ({
    port: other,
    scheme: way,
    ...(usesWebSocket(way) && { path: path === '' ? '/mqtt' : path }),
  }))
}

const otherVersions = ({ protocolVersion }: Profile): readonly ProfileChange[] =>
  (['3.1.1', '5', '3.1'] as const)
    .filter((version) => version !== protocolVersion)
    .map((version) => ({ protocolVersion: version }))

const unsupportedVersion: ReadonlySet<number> = new Set([1, 0x84])

/** Whether the failure says that another protocol, or nothing of ours, is spoken there. */
const isSilenceOrClose = new Set([
  'connectTimeout',
  'connectionReset',
  'connectionClosed',
  'notMqtt',
  'tlsPlainTextAnswer',
])

const atConnect = (profile: Profile, { error }: { readonly error: ConnectionFailure }): readonly ProfileChange[] => {
  const { scheme } = profile
  if (error.code === 'answeredAsOtherVersion') return otherVersions(profile)
  if (error.code === 'connectRefused')
    return unsupportedVersion.has(error.reasonCode ?? 0) ? otherVersions(profile) : []
  if (!isSilenceOrClose.has(error.code)) return []
  if (usesWebSocket(scheme)) return otherVersions(profile)
  const ways: readonly ProfileChange[] = usesTls(scheme)
    ? [...otherVersions(profile), ...onPaths('wss', profile)]
    : [...otherVersions(profile), { scheme: 'mqtts' }, ...onPaths('ws', profile)]
  // Who answers HTTP or TLS speaks no other version of MQTT.
  return error.code === 'notMqtt' ? ways.filter(({ protocolVersion }) => protocolVersion === undefined) : ways
}

const atWebSocket = (profile: Profile, { code }: ConnectionFailure): readonly ProfileChange[] => {
  const isSecure = usesTls(profile.scheme)
  const paths = onPaths(profile.scheme, profile)
  const plain: ProfileChange = { scheme: isSecure ? 'mqtts' : 'mqtt' }
  const encrypted: readonly ProfileChange[] = isSecure ? [] : [{ scheme: 'mqtts' }, { scheme: 'wss' }]
  return code === 'webSocketRejected' ? paths : [plain, ...encrypted]
}

/** Settings that may lead further than those that failed so: likeliest first, at most as many as the limit says. */
export const otherWays = (profile: Profile, failure: ConnectionFailure): readonly ProfileChange[] =>
  waysAt(profile, failure)
    .filter((change) => !holdsAlready(profile, change))
    .slice(0, doctorLimits.otherWays)

const waysAt = (profile: Profile, failure: ConnectionFailure): readonly ProfileChange[] => {
  switch (failure.stage) {
    case 'tcp':
      return onUsualPorts(profile)
    case 'tls':
      if (!isSilenceOrClose.has(failure.code)) return []
      return [{ scheme: 'mqtt' }, ...onPaths('ws', profile), ...onUsualPorts(profile).slice(0, 2)]
    case 'webSocket':
      return atWebSocket(profile, failure)
    case 'connect':
      return atConnect(profile, { error: failure })
    default:
      return []
  }
}

/** Settings that send no name, no password and nothing else that tells who we are. */
const withoutCredentials = (profile: Profile): Profile => ({
  ...profile,
  username: '',
  sendsEmptyUsername: false,
  usePassword: false,
  // A key signs for the place it was entered for, too.
  signing: { ...profile.signing, method: 'none' },
  authentication: { ...profile.authentication, mechanism: 'none' },
  connectProperties: { ...profile.connectProperties, userProperties: [] },
  tls: { ...profile.tls, certificateFile: '', keyFile: '', pkcs12File: '' },
})

/**
 * The settings of another way, with credentials only where they would go to the very place they were entered for: another
 * port, scheme or path is another one, so that nothing goes out in the clear that the settings send encrypted.
 */
export const settingsOf = (
  profile: Profile,
  secrets: Secrets,
  change: ProfileChange,
): { readonly profile: Profile; readonly secrets: Secrets; readonly isBare: boolean } => {
  const changed = { ...changedBy(profile, change), connectTimeoutSeconds: doctorLimits.waySeconds }
  if (isSamePlace(profile, changed, 'password')) return { profile: changed, secrets, isBare: false }
  // The proxy on the way there is the same, and it is nobody else that gets its password.
  const { proxyPassword } = secrets
  return {
    profile: withoutCredentials(changed),
    secrets: proxyPassword === undefined ? {} : { proxyPassword },
    isBare: true,
  }
}
