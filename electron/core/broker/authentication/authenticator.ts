import { plainFarewell } from '#shared/model/farewell'
import { propertyId } from '#shared/mqtt/propertySection'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { authReason, encodeAuth } from '../packets/authPacket'
import type { Auth, Connack, Properties } from '../packets/controlPacket'
import { encodeDisconnect } from '../packets/disconnectPacket'
import { authFirstByte, malformed, PacketFailure, protocolReason } from '../packets/packetFailure'
import type { AuthenticationMethod, Exchange } from './exchange'

/** How a network connection authenticates, with the exchange that its CONNECT begins. */
export interface Authentication {
  readonly method: AuthenticationMethod
  readonly first: Exchange
}

export interface AuthenticatorParts extends Authentication {
  /** Sends a whole packet. */
  readonly write: (packet: Buffer) => void
  /** Sends a last packet, and closes. */
  readonly fail: (reason: AppError, lastPacket: Buffer) => void
}

/** Enhanced authentication on one network connection (MQTT 5 §4.12). */
export interface Authenticator {
  /** Throws PacketFailure where the server breaks the protocol, or is not who it says. */
  onAuth(packet: Auth): void
  /** The server accepted. Throws as `onAuth`. */
  onConnack(connack: Connack): void
  /** The refusal of a CONNACK, with the method and the step it came after. */
  refused(failure: PacketFailure): PacketFailure
  /** Resolves when the server has accepted, or with why not (§4.12.1). One at a time. */
  reauthenticate(): Promise<Result<null>>
  /** The connection has ended. */
  end(reason: AppError): void
}

interface Running {
  readonly exchange: Exchange
  /** Of AUTH 0x19; null = of CONNECT. */
  readonly settle: ((result: Result<null>) => void) | null
  steps: number
  isAnswering: boolean
}

/** MQTT 5 §3.14.2.1: unspecified error. What went wrong is nothing that the server is to learn. */
const unspecified = 0x80

export const createAuthenticator = ({ method, first, write, fail: close }: AuthenticatorParts): Authenticator => {
  let running: Running | null = { exchange: first, settle: null, steps: 0, isAnswering: false }

  const explained = (error: AppError, { steps }: Pick<Running, 'steps'>): AppError => ({
    ...error,
    values: { ...error.values, method: method.name, step: steps },
  })
  const finish = (ended: Running, properties: Properties) => {
    const problem = ended.exchange.finish(properties.authenticationData ?? null)
    if (problem) throw new PacketFailure(explained(problem, ended), unspecified)
    running = null
    ended.settle?.(ok(null))
  }
  const goOn = async (current: Running, { properties }: Auth) => {
    current.isAnswering = true
    current.steps += 1
    const answer = await current.exchange.answer({
      step: current.steps,
      data: properties.authenticationData ?? null,
      reason: String(properties.get(propertyId.reasonString) ?? ''),
    })
    // The server may have decided without it.
    if (running !== current) return
    current.isAnswering = false
    if (answer.ok) write(encodeAuth(authReason.goOn, method.name, answer.value))
    else close(explained(answer.error, current), goodbye)
  }

  return {
    onAuth: (packet) => {
      // [MQTT-4.12.0-5].
      if (packet.properties.get(propertyId.authenticationMethod) !== method.name)
        throw malformed(
          authFirstByte,
          'its authentication method is not the one of CONNECT',
          protocolReason.protocolError,
        )
      const isLast = packet.reasonCode === authReason.success
      if (!running || running.isAnswering || (isLast && !running.settle))
        throw malformed(authFirstByte, 'nothing was asked that it could answer', protocolReason.protocolError)
      if (isLast) finish(running, packet.properties)
      else void goOn(running, packet)
    },
    onConnack: ({ properties }) => {
      if (running) finish(running, properties)
    },
    refused: ({ failure, answer }) => {
      const code =
        failure.code === 'enhancedAuthenticationWanted' ? 'authenticationMethodRefused' : 'authenticationRefused'
      return new PacketFailure({ ...explained(failure, { steps: running?.steps ?? 0 }), code }, answer)
    },
    reauthenticate: () => {
      if (running) return Promise.resolve(fail('authenticationRunning', 'It authenticates already.'))
      const exchange = method.begin()
      if (!exchange.ok) return Promise.resolve(exchange)
      return new Promise((settle) => {
        running = { exchange: exchange.value, settle, steps: 0, isAnswering: false }
        write(encodeAuth(authReason.reauthenticate, method.name, exchange.value.data))
      })
    },
    end: (reason) => {
      const settle = running?.settle
      running = null
      settle?.({ ok: false, error: reason })
    },
  }
}

const goodbye = encodeDisconnect({ ...plainFarewell, reasonCode: unspecified }, true)
