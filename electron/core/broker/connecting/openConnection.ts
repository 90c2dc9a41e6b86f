import { usesTls, type Profile, type Secrets } from '#shared/model/profile'
import type { ConnectionFailure, Stage } from '#shared/model/failure'
import { plainFarewell, type Farewell } from '#shared/model/farewell'
import { ok, type AppError, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { connectOptions, streamTarget, type ConnectOptions } from './clientOptions'
import { loadConnectBytes, type ConnectBytes } from './connectBytes'
import { connectTimeout, connectionFailure } from './connectionFailure'
import { unlessEnded, type Dialling } from './dialling'
import type { Connack } from '../packets/controlPacket'
import { authenticationFor } from '../authentication/authenticationFor'
import type { Authentication } from '../authentication/authenticator'
import type { AskPerson } from '../authentication/ownMethod'
import { explainSafely, triedWith } from './explainFailure'
import { openStream, type OpenedStream } from './openStream'
import { proxyFor } from './proxy/proxyFor'
import { isOversizedFrame } from './openWebSocket'
import { webSocketEnd } from './webSocketFailure'
import { tooLarge } from '../packets/packetFailure'
import { signedProfile, type SignedProfile } from './signing/signedProfile'
import { loadTlsMaterial, noMaterial, type TlsMaterial } from './tls/tlsMaterial'
import type { ConnectionFaults } from '../faults/connectionFaults'
import type { PacketIds } from '../transport/packetIds'
import type { PacketRecorder } from '../packetLog/packetRecorder'
import { createPacketTrace, joinTraces } from '../transport/packetTrace'
import type { MessageClock, OpenTransport, Receiver, Transport, TransportParts } from '../transport/transport'

export interface OpenConnectionParts {
  readonly profile: Profile
  readonly secrets: Secrets
  /** In the place of the will of the profile. */
  readonly will?: ConnectOptions['will']
  readonly openTransport: OpenTransport
  /** A larger PUBLISH is skipped. */
  readonly maximumPacketSize: number
  readonly receiver: Receiver
  readonly packetIds: PacketIds
  readonly clock: MessageClock
  /** Gets a line for every control packet, without the connection's name; null = that was not asked for. */
  readonly debug: ((line: string) => void) | null
  /** Gets every packet, and the steps around them; absent = nobody looks at them. */
  readonly recorder?: PacketRecorder
  /** Faults on purpose; absent = there are none. */
  readonly faults?: ConnectionFaults
  /** Shows what the server wants to know by AUTH; absent = nobody can be asked. The timeout stands still meanwhile. */
  readonly ask?: AskPerson
  /** The server accepted, and packets may be sent. */
  readonly onOnline: (connack: Connack) => void
  /** Round trip of a PINGREQ. */
  readonly onPing: (milliseconds: number) => void
}

/** One try to connect, and the connection that comes of it. */
export interface Connection {
  readonly opened: OpenedStream | null
  readonly transport: Transport | null
  /** Whether the server has accepted it. */
  isOnline(): boolean
  /** Ends it, whatever it is doing, with this farewell where it is online; resolves when it has ended. */
  close(farewell?: Farewell): Promise<void>
}

/**
 * Reads the TLS files, opens the stream and connects. `onClose` is called exactly once, at the end: with the failure
 * and its stage, or null when `close` ended it. `connectTimeoutSeconds` counts from the start to CONNACK.
 */
export const openConnection = (
  parts: OpenConnectionParts,
  onClose: (reason: ConnectionFailure | null) => void,
): Connection => {
  const { profile, secrets, maximumPacketSize, receiver, packetIds, clock, debug, recorder, onOnline, onPing } = parts
  const record = recorder?.begin(profile.protocolVersion, `${profile.scheme}://${profile.host}:${profile.port}`) ?? null
  const abort = new AbortController()
  let stage: Stage = 'settings'
  let opened: OpenedStream | null = null
  let transport: Transport | null = null
  let hasEnded = false
  let isClosing = false
  let resolveClosed: () => void = () => undefined
  const closed = new Promise<void>((resolve) => (resolveClosed = resolve))

  const finish = (reason: AppError | null) => {
    if (hasEnded) return
    hasEnded = true
    clearTimeout(connectTimer)
    clearTimeout(renewTimer)
    if (reason && packetFailures.has(reason.code)) recorder?.violated(reason.message)
    recorder?.step('end', isClosing || !reason ? '' : reason.message)
    onClose(isClosing || !reason ? null : explainSafely(reason, stageOf(reason, stage), triedWith(profile, secrets)))
    resolveClosed()
  }
  const onTimeout = () => {
    const reason = connectTimeout(profile, profile.connectTimeoutSeconds)
    abort.abort(reason)
    if (transport) transport.fail(reason)
  }
  const startTimer = () => setTimeout(onTimeout, profile.connectTimeoutSeconds * 1_000)
  let connectTimer = startTimer()
  const { ask } = parts
  const askPerson: AskPerson | null = ask
    ? async (challenge) => {
        clearTimeout(connectTimer)
        const answer = await ask(challenge)
        if (!hasEnded && stage !== 'online') connectTimer = startTimer()
        return answer
      }
    : null

  const enter = (next: Stage, detail?: string) => {
    stage = next
    // Of TCP each address is a step.
    if (next === 'name' || next === 'proxy' || next === 'tls' || next === 'webSocket') recorder?.step(next, detail)
  }
  const onAddress = (address: string) => recorder?.step('tcp', address)
  let renewTimer: NodeJS.Timeout | undefined
  const begin = (dialled: Dialled) => {
    const { stream, signed } = dialled
    opened = stream
    stage = 'connect'
    transport = parts.openTransport(stream.socket, {
      maximumPacketSize,
      receiver,
      packetIds,
      clock,
      onPing,
      ...handshakeOf(dialled, parts),
      trace: joinTraces(debug && createPacketTrace(profile.protocolVersion === '5', debug), record),
      isLenient: profile.lenient,
      ...faultsOf(parts, stream, (reason) => transport?.fail(reason)),
      describe: (error) => describeError(error, stream, parts),
      onOnline: (connack) => {
        clearTimeout(connectTimer)
        stage = 'online'
        recorder?.step('online')
        renewTimer = renewal(signed, (reason) => transport?.fail(reason))
        onOnline(connack)
      },
      onClose: finish,
    })
  }
  const run = async () => {
    const dialled = await dialProfile({ ...parts, askPerson }, { signal: abort.signal, onStage: enter, onAddress })
    if (!dialled.ok) finish(dialled.error)
    else if (!isAborted(abort)) begin(dialled.value)
    else {
      dialled.value.stream.socket.destroy()
      finish(abort.signal.reason as AppError)
    }
  }
  run().catch((error: unknown) => {
    opened?.socket.destroy()
    finish({ code: 'internal', message: messageOf(error) })
  })

  return {
    get opened() {
      return opened
    },
    get transport() {
      return transport
    },
    isOnline: () => stage === 'online',
    close: (farewell = plainFarewell) => {
      isClosing = true
      abort.abort({ code: 'cancelled', message: 'The person ended it.' } satisfies AppError)
      transport?.disconnect(farewell)
      return closed
    },
  }
}

/** It may have changed while something was waited for, which the compiler does not see. */
const isAborted = ({ signal }: AbortController): boolean => signal.aborted

const faultsOf = (
  { profile, faults }: OpenConnectionParts,
  { reset }: OpenedStream,
  failWith: (reason: AppError) => void,
): Pick<TransportParts, 'faults'> => {
  const isVersion5 = profile.protocolVersion === '5'
  return faults ? { faults: (wire) => faults.begin(wire, { isVersion5, reset, fail: failWith }) } : {}
}

/** Failures that a packet of the server is the cause of, which came last. */
const packetFailures: ReadonlySet<string> = new Set<AppError['code']>([
  'malformedPacket',
  'sessionNotClean',
  'answeredAsOtherVersion',
  'packetTooLarge',
  'notMqtt',
])

const materialOf = (
  { scheme, tls }: Profile,
  { keyPassphrase }: Secrets,
  signal: AbortSignal,
): Promise<Result<TlsMaterial>> => {
  const isSecure = usesTls(scheme)
  return isSecure ? loadTlsMaterial(tls, keyPassphrase, signal) : Promise.resolve(ok(noMaterial))
}

/** A margin before the broker would end the connection, and no longer than a timer takes. */
const renewMarginMs = 30_000
const longestTimerMs = 2 ** 31 - 1

/** Connects again with a new token before the old one expires. */
const renewal = ({ expiresAt }: SignedProfile, failWith: (reason: AppError) => void): NodeJS.Timeout | undefined => {
  if (expiresAt === null) return undefined
  const left = Math.max(1_000, expiresAt - Date.now() - renewMarginMs)
  return setTimeout(() => failWith(tokenRenewed), Math.min(left, longestTimerMs))
}

const tokenRenewed: AppError = {
  code: 'tokenRenewed',
  message: 'The access token was about to expire; the next connection has a new one.',
}

interface Dialled {
  readonly stream: OpenedStream
  /** The profile with the credentials that were made for this connection. */
  readonly signed: SignedProfile
  readonly bytes: ConnectBytes
  readonly authentication: Authentication | null
}

/** What CONNECT says, and what goes on behind it. */
const handshakeOf = (
  { signed, bytes, authentication }: Dialled,
  { will }: OpenConnectionParts,
): Pick<TransportParts, 'options' | 'authentication'> => ({
  options: {
    ...withAuthentication(connectOptions(signed.profile, bytes), authentication),
    ...(will && { will }),
  },
  authentication,
})

const withAuthentication = (options: ConnectOptions, authentication: Authentication | null): ConnectOptions => {
  if (!authentication) return options
  const { method, first } = authentication
  const data = first.data === null ? {} : { authenticationData: first.data }
  return { ...options, properties: { ...options.properties, authenticationMethod: method.name, ...data } }
}

/** Reads the profile's files and dials. */
const dialProfile = async (
  { profile, secrets, maximumPacketSize, askPerson }: OpenConnectionParts & { readonly askPerson: AskPerson | null },
  dialling: Dialling,
): Promise<Result<Dialled>> => {
  const { signal } = dialling
  const signed = signedProfile(profile, secrets, Date.now())
  if (!signed.ok) return signed
  const bytes = await loadConnectBytes(signed.value.profile, signed.value.secrets, signal)
  if (!bytes.ok) return bytes
  const authentication = authenticationFor({ ...signed.value, bytes: bytes.value, ask: askPerson })
  if (!authentication.ok) return authentication
  const material = await materialOf(profile, secrets, signal)
  if (!material.ok) return material
  if (signal.aborted) return { ok: false, error: signal.reason as AppError }
  const target = streamTarget(signed.value.profile, material.value, maximumPacketSize)
  const proxy = await unlessEnded(proxyFor(profile, target.place, { secrets, environment: process.env }), signal)
  if (!proxy.ok) return proxy
  const stream = await openStream({ ...target, proxy: proxy.value }, dialling)
  if (!stream.ok) return stream
  const { value } = stream
  return ok({ stream: value, bytes: bytes.value, signed: signed.value, authentication: authentication.value })
}

/** An error of the connected socket as one for people. */
const describeError = (
  error: Error,
  opened: OpenedStream,
  { profile, maximumPacketSize }: OpenConnectionParts,
): AppError => {
  if (isOversizedFrame(error)) return tooLarge(`> ${maximumPacketSize}`, maximumPacketSize).failure
  const ended = webSocketEnd(error)
  if (ended) return ended
  return opened.explain(error) ?? connectionFailure(error, { host: profile.host, port: profile.port })
}

/**
 * With TLS 1.3 a server can refuse our certificate after its side of the handshake: that still belongs to the stage
 * `tls`.
 */
const stageOf = ({ code }: AppError, stage: Stage): Stage =>
  code.startsWith('tls') && (stage === 'connect' || stage === 'webSocket') ? 'tls' : stage
