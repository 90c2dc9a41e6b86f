import type { ConnectionFailure } from '#shared/model/failure'
import type { Profile, Secrets } from '#shared/model/profile'
import type { AppError, Result } from '#shared/result'
import type { OpenedStream } from '../broker/connecting/openStream'
import { openMqttTransport } from '../broker/mqttJs/mqttTransport'
import type { PacketRecorder } from '../broker/packetLog/packetRecorder'
import { openShortConnection, type ShortConnection } from '../broker/session/shortConnection'
import { watchedRecorder, type ConnectionWatch } from './watchedRecorder'

/** What all connections of a diagnosis have in common. */
export interface AttemptParts {
  readonly signal: AbortSignal
  readonly recorder: PacketRecorder
  readonly maximumPacketSize: number
  /** The steady time. */
  readonly clock: () => number
  /** Gets a line for every control packet; null = that was not asked for. */
  readonly debug: ((line: string) => void) | null
}

/** Settings to connect with. */
export interface AttemptSettings {
  readonly profile: Profile
  readonly secrets: Secrets
  readonly clientId: string
}

export interface Attempt {
  readonly result: Result<ShortConnection>
  /** What was opened of it where it was not accepted; null = nothing was, or it was accepted. */
  readonly opened: OpenedStream | null
  /** Why it ended afterwards; null = it did not. */
  readonly lost: () => ConnectionFailure | null
}

/** One connection, told of as it is made. */
export const attempt = async (
  { signal, recorder, maximumPacketSize, clock, debug }: AttemptParts,
  settings: AttemptSettings,
  watch: ConnectionWatch,
): Promise<Attempt> => {
  let opened: OpenedStream | null = null
  let lost: ConnectionFailure | null = null
  const result = await openShortConnection({
    ...settings,
    signal,
    openTransport: openMqttTransport,
    maximumPacketSize,
    now: clock,
    debug,
    recorder: watchedRecorder(recorder, watch),
    onNotAccepted: (stream) => void (opened = stream),
    onMessage: () => undefined,
    onLost: (reason) => void (lost = reason),
  })
  return { result, opened, lost: () => lost }
}

/** What was cancelled has no stage. */
export const isExplained = (reason: AppError): reason is ConnectionFailure => 'stage' in reason
