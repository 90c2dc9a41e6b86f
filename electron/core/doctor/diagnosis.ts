import { doctorLimits, type DoctorRemark } from '#shared/model/doctor'
import type { ConnectionFailure, ProfileChange, Stage } from '#shared/model/failure'
import { usesTls, usesWebSocket, type Profile, type Secrets } from '#shared/model/profile'
import { noWill } from '#shared/model/will'
import { isSignInRefused } from '#shared/model/session'
import { reasonText } from '#shared/mqtt/reasonCode'
import { fail, type AppError } from '#shared/result'
import { streamTarget } from '../broker/connecting/clientOptions'
import { loadConnectBytes } from '../broker/connecting/connectBytes'
import { explainSafely, triedWith } from '../broker/connecting/explainFailure'
import type { SocketTarget } from '../broker/connecting/dialSocket'
import { proxyNotReached } from '../broker/connecting/proxy/proxyFailure'
import { proxyFor } from '../broker/connecting/proxy/proxyFor'
import { proxyAddress } from '../broker/connecting/proxy/proxyTarget'
import { loadTlsMaterial, noMaterial } from '../broker/connecting/tls/tlsMaterial'
import type { Online } from '../broker/session/onlineState'
import type { ShortConnection } from '../broker/session/shortConnection'
import { addressesOf, addressText, dialAddress, isAddress, isCancelled, within } from './addresses'
import { attempt, isExplained, type Attempt, type AttemptParts } from './attempt'
import { createConnectSteps, type ConnectSteps } from './connectSteps'
import { askHttpHead } from './httpHead'
import { otherWays, settingsOf } from './otherWays'
import { remark, type StepList } from './stepList'
import { urlText } from './tried'

export interface DiagnosisParts extends AttemptParts {
  readonly list: StepList
  readonly profile: Profile
  readonly secrets: Secrets
  readonly clientId: string
  /** Filters to subscribe to; null = a person wanted none. */
  readonly filters: Profile['subscriptions'] | null
  readonly triesOtherWays: boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Goes the way to the broker step by step and tells each in `list`; answers whether all that the connection needs succeeded. What
 * a proxy needs is told by `openConnection` as its step `proxy`. Never rejects for what a network or a server does.
 */
export const diagnose = async (parts: DiagnosisParts): Promise<boolean> => {
  const { profile, signal } = parts
  const failure = await failureOf(parts)
  if (!failure) return true
  for (const change of parts.triesOtherWays ? otherWays(profile, failure) : []) {
    if (signal.aborted || (await tryOtherWay(parts, change))) break
  }
  return false
}

/** Of the settings as they are; null = they work. */
const failureOf = async (parts: DiagnosisParts): Promise<ConnectionFailure | null> =>
  (await readFiles(parts)) ?? (await reachAddress(parts)) ?? (await connect(parts))

const explain = ({ profile, secrets }: DiagnosisParts, error: AppError, stage: Stage): ConnectionFailure =>
  isExplained(error) ? error : explainSafely(error, stage, triedWith(profile, secrets))

/** Everything from a step on is not reached. */
const laterSteps = ['name', 'tcp', 'proxy', 'tls', 'webSocket', 'connect', 'connack', 'subscribe', 'ping'] as const
const skipFrom = ({ list }: DiagnosisParts, first: (typeof laterSteps)[number]) => {
  for (const step of laterSteps.slice(laterSteps.indexOf(first))) list.skip(step, remark('notReached'))
}

const filesOf = ({ scheme, tls }: Profile): readonly string[] =>
  (usesTls(scheme) ? [tls.caFile, tls.certificateFile, tls.keyFile, tls.pkcs12File] : []).filter((path) => path !== '')

const nameOfFile = (path: string) => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

/** The files that the connection needs; where there are none, it is no step. */
const readFiles = async (parts: DiagnosisParts): Promise<ConnectionFailure | null> => {
  const { list, profile, secrets, signal } = parts
  const files = filesOf(profile)
  // The last will is left out, and with it its file.
  const bytes = await loadConnectBytes({ ...profile, will: noWill }, secrets, signal)
  if (bytes.ok && files.length === 0) return null
  const step = list.begin('settings', remark('readFiles', { files: files.map(nameOfFile).join(', ') }))
  const material =
    bytes.ok && usesTls(profile.scheme) ? await loadTlsMaterial(profile.tls, secrets.keyPassphrase, signal) : bytes
  if (material.ok) {
    step.end('ok', { concluded: [remark('filesRead')] })
    return null
  }
  if (isCancelled(material.error)) return explain(parts, material.error, 'settings')
  const failure = explain(parts, material.error, 'settings')
  step.end('failed', { failure })
  skipFrom(parts, 'name')
  return failure
}

/** What is dialled: the broker, or the proxy on the way to it. Null = one of its addresses answers. */
const reachAddress = async (parts: DiagnosisParts): Promise<ConnectionFailure | null> => {
  const { list, profile, secrets } = parts
  const target = streamTarget(profile, noMaterial)
  const waiting = { signal: parts.signal, seconds: profile.connectTimeoutSeconds }
  const asked = proxyFor(profile, target.place, { secrets, environment: process.env })
  const found = await within(asked, target.place, waiting)
  if (!found.ok) {
    const failure = explain(parts, found.error, 'settings')
    if (isCancelled(found.error)) return failure
    list.begin('settings', null).end('failed', { failure })
    skipFrom(parts, 'name')
    return failure
  }
  const { value: proxy } = found
  if (!proxy) return resolveAndDial(parts, { ...target, told: (error) => error })
  const { host } = target.place
  if (proxy.kind !== 'socks5') list.skip('name', remark('nameByProxy', { host }))
  else if (!isAddress(host)) {
    const failure = await resolveName(parts, { ...target, told: (error) => error })
    if ('code' in failure) return failure
  }
  const told = (error: AppError) => proxyNotReached({ proxy, target: target.place }, error)
  return resolveAndDial(parts, { place: proxy.place, tcp: target.tcp, told })
}

/** Resolves the name and dials each of its addresses; null = one of them answers. */
const resolveAndDial = async (parts: DiagnosisParts, way: Way): Promise<ConnectionFailure | null> => {
  const { host } = way.place
  if (!isAddress(host)) {
    const found = await resolveName(parts, way)
    return 'code' in found ? found : dialAll(parts, way, found.slice(0, doctorLimits.addresses))
  }
  if (parts.list.steps().every(({ step }) => step !== 'name')) parts.list.skip('name', remark('isAddress', { host }))
  return dialAll(parts, way, [host])
}

/** The addresses of a name, or why it has none. */
const resolveName = async (
  parts: DiagnosisParts,
  { place, tcp, told }: Way,
): Promise<readonly string[] | ConnectionFailure> => {
  const { list, signal, profile } = parts
  const step = list.begin('name', remark('resolve', { host: place.host }))
  const found = await addressesOf(place, tcp, { signal, seconds: profile.connectTimeoutSeconds })
  if (found.ok) {
    step.end('ok', {
      seen: [remark('addresses', { addresses: found.value.join(', ') })],
      concluded: [remark('nameFound', { count: found.value.length })],
    })
    return found.value
  }
  if (isCancelled(found.error)) return explain(parts, found.error, 'name')
  const failure = explain(parts, told(found.error), 'name')
  step.end('failed', { failure, seen: [remark('words', { text: failure.technical })] })
  skipFrom(parts, 'tcp')
  return failure
}

/** Where is dialled, and how a failure there is told. */
interface Way extends SocketTarget {
  readonly told: (error: AppError) => AppError
}

const proxyText = async ({ profile, secrets }: DiagnosisParts): Promise<string | null> => {
  const { place } = streamTarget(profile, noMaterial)
  const proxy = await proxyFor(profile, place, { secrets, environment: process.env })
  return proxy.ok && proxy.value ? proxyAddress(proxy.value) : null
}

/** All at once, so that a silent one does not keep the others waiting. */
const dialAll = async (
  parts: DiagnosisParts,
  { place: { port }, tcp, told }: Way,
  addresses: readonly string[],
): Promise<ConnectionFailure | null> => {
  const { list, profile, signal } = parts
  const waiting = { signal, seconds: profile.connectTimeoutSeconds }
  const dialled = await Promise.all(
    addresses.map(async (address) => {
      const step = list.begin('tcp', remark('dial', { address: addressText(address, port) }))
      const result = await dialAddress({ host: address, port }, tcp, waiting)
      if (result.ok) step.end('ok', { concluded: [remark('listens')] })
      return { step, result }
    }),
  )
  const failures = dialled.flatMap(({ step, result }) => (result.ok ? [] : [{ step, error: result.error }]))
  const anotherAnswers = failures.length < dialled.length
  const explained = failures.map(({ step, error }) => {
    const failure = explain(parts, isCancelled(error) ? error : told(error), 'tcp')
    if (!isCancelled(error))
      step.end('failed', {
        failure,
        seen: [remark('words', { text: failure.technical })],
        concluded: anotherAnswers ? [remark('anotherAddress')] : [],
      })
    return failure
  })
  const [first] = explained
  if (anotherAnswers || !first) return null
  if (!isCancelled(first)) skipFrom(parts, 'proxy')
  return first
}

const credentialsOf = ({ profile, secrets }: Pick<DiagnosisParts, 'profile' | 'secrets'>): string => {
  const hasPassword = profile.usePassword && secrets.password !== undefined
  if (profile.username === '') return hasPassword ? 'password' : 'none'
  return hasPassword ? 'both' : 'name'
}

/** One connection through TLS and WebSocket up to CONNACK, and what is asked on it; null = all of it succeeded. */
const connect = async (parts: DiagnosisParts): Promise<ConnectionFailure | null> => {
  const { list, profile, secrets, clientId } = parts
  const steps = createConnectSteps(list, profile, {
    clientId,
    credentials: credentialsOf(parts),
    proxy: await proxyText(parts),
  })
  const made = await attempt(parts, { profile, secrets, clientId }, steps)
  const tls = made.opened?.tls ?? (made.result.ok ? made.result.value.online.tls : null)
  const failure = made.result.ok
    ? await useConnection(parts, { made, connection: made.result.value, steps })
    : explain(parts, made.result.error, 'connect')
  if (!made.result.ok && failure && !isCancelled(failure)) {
    steps.failed(failure)
    for (const step of ['subscribe', 'ping'] as const) list.skip(step, remark('notReached'))
  }
  if (tls) steps.tellTls(tls, parts.now())
  await tellHttpHead(parts, steps)
  return failure
}

interface Used {
  readonly made: Attempt
  readonly connection: ShortConnection
  readonly steps: ConnectSteps
}

const useConnection = async (
  parts: DiagnosisParts,
  { made, connection, steps }: Used,
): Promise<ConnectionFailure | null> => {
  steps.accepted([acceptedRemark(connection.online)])
  const refused = await subscribeAll(parts, connection, made)
  const silent = await pingOnce(parts, connection, made)
  await connection.close()
  return refused ?? silent
}

const acceptedRemark = ({ protocolVersion, session, keepaliveSeconds, limits }: Online): DoctorRemark =>
  remark('accepted', {
    version: protocolVersion,
    session,
    keepalive: keepaliveSeconds,
    qos: limits.maximumQos,
  })

const wasCancelled = ({ signal }: DiagnosisParts): boolean => signal.aborted

/** The connection ended while something was awaited, or the broker was silent. */
const endedFailure = (parts: DiagnosisParts, made: Attempt): ConnectionFailure => {
  const { profile } = parts
  const silence = { host: profile.host, port: profile.port, seconds: profile.connectTimeoutSeconds }
  return made.lost() ?? explain(parts, fail('connectTimeout', 'No answer came.', { values: silence }).error, 'online')
}

const answered = async <T>(parts: DiagnosisParts, work: Promise<T | null>): Promise<T | null> => {
  const { profile, signal } = parts
  const place = { host: profile.host, port: profile.port }
  const wrapped = work.then((value) => ({ ok: true, value }) as const)
  const result = await within(wrapped, place, { signal, seconds: profile.connectTimeoutSeconds })
  return result.ok ? result.value : null
}

const subscribeAll = async (
  parts: DiagnosisParts,
  { transport }: ShortConnection,
  made: Attempt,
): Promise<ConnectionFailure | null> => {
  const { list, filters, profile } = parts
  if (!filters) list.skip('subscribe', remark('notAsked'))
  else if (filters.length === 0) list.skip('subscribe', remark('noFilters'))
  let first: ConnectionFailure | null = null
  for (const { filter, qos } of filters ?? []) {
    if (made.lost() || wasCancelled(parts)) break
    const step = list.begin('subscribe', remark('sendSubscribe', { filter, qos }))
    // Nothing that is retained is wanted; before MQTT 5 it comes and is dropped.
    const options = { noLocal: false, retainAsPublished: false, retainHandling: 2 } as const
    const answer = await answered(parts, transport.subscribe({ filter, qos, options, identifier: null }))
    if (wasCancelled(parts)) break
    if (answer && answer.reasonCode < 0x80) {
      step.end('ok', { seen: [remark('granted', { qos: answer.reasonCode })], concluded: [remark('subscribed')] })
      continue
    }
    const reason = answer && reasonText(profile.protocolVersion === '5' ? 'suback' : 'suback3', answer.reasonCode)
    const failure =
      answer && reason !== null
        ? explain(parts, refusal(answer.reasonCode, reason), 'online')
        : endedFailure(parts, made)
    step.end('failed', { failure })
    first ??= failure
  }
  return first
}

const refusal = (reasonCode: number, reason: string): AppError =>
  fail('subscribeRefused', reason, { reasonCode, values: { reason } }).error

/** Whether it still stands after all of that. */
const pingOnce = async (
  parts: DiagnosisParts,
  connection: ShortConnection,
  made: Attempt,
): Promise<ConnectionFailure | null> => {
  const step = parts.list.begin('ping', remark('sendPing'))
  const milliseconds = made.lost() ? null : await answered(parts, connection.ping())
  if (parts.signal.aborted) return null
  if (milliseconds !== null) {
    step.end('ok', {
      seen: [remark('answered', { milliseconds: milliseconds.toFixed(1) })],
      concluded: [remark('stands')],
    })
    return null
  }
  const failure = endedFailure(parts, made)
  step.end('failed', { failure, seen: [remark('words', { text: failure.technical })] })
  return failure
}

/** A Date header counts whole seconds, and takes as long to come as the network does. */
const clockSlackMs = 2_500

/** The clock of the web server, where there is one. */
const tellHttpHead = async ({ profile, secrets, signal, now }: DiagnosisParts, steps: ConnectSteps): Promise<void> => {
  if (!usesWebSocket(profile.scheme) || signal.aborted) return
  // AbortSignal.any is younger than the runtime for development.
  const limit = new AbortController()
  for (const end of [signal, AbortSignal.timeout(doctorLimits.waySeconds * 1_000)])
    end.addEventListener('abort', () => limit.abort(end.reason), { once: true })
  const head = await askHttpHead(profile, secrets, limit.signal)
  if (!head) return
  const { status, server, date } = head
  steps.tell('webSocket', {
    seen: [remark('httpAnswer', { status, server: server === '' ? '–' : server })],
    concluded: date === null ? [] : [clockRemark(date - now())],
  })
}

const clockRemark = (aheadMs: number): DoctorRemark => {
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  if (Math.abs(aheadMs) <= clockSlackMs) return remark('clockAgrees')
  return remark(aheadMs > 0 ? 'clockBehind' : 'clockAhead', { seconds })
}

/** Tries other settings once; answers whether they lead to the broker, so that nothing further need be tried. */
const tryOtherWay = async (parts: DiagnosisParts, change: ProfileChange): Promise<boolean> => {
  const { list } = parts
  const { profile, secrets, isBare } = settingsOf(parts.profile, parts.secrets, change)
  const step = list.begin(
    'otherWay',
    remark('otherSettings', {
      url: urlText(profile),
      version: profile.protocolVersion,
      credentials: isBare ? 'without' : 'with',
    }),
    change,
  )
  const nothing = { onStep: () => undefined, onSent: () => undefined }
  const { result } = await attempt(parts, { profile, secrets, clientId: parts.clientId }, nothing)
  if (result.ok) {
    step.end('ok', { concluded: [remark('wayAccepted')] })
    await result.value.close()
    return true
  }
  const { error } = result
  if (isCancelled(error) || !isExplained(error)) return parts.signal.aborted
  if (isBare && isSignInRefused(error)) {
    step.end('ok', { concluded: [remark('wayWantsCredentials')] })
    return true
  }
  if (aboutCertificate.has(error.code)) {
    step.end('ok', { failure: { ...error, remedies: [] }, concluded: [remark('wayCertificate')] })
    return true
  }
  step.end('failed', { failure: { ...error, remedies: [] } })
  return false
}

/** TLS is spoken there; what is wrong is whom the server shows itself to be, or who we are. */
const aboutCertificate: ReadonlySet<string> = new Set([
  'tlsCertificateExpired',
  'tlsCertificateNotYetValid',
  'tlsHostMismatch',
  'tlsUnknownAuthority',
  'tlsIntermediateMissing',
  'tlsSelfSigned',
  'tlsClientCertificateRequired',
])
