import type { DevicePhase } from '#shared/model/device'
import type { ConnectionFailure } from '#shared/model/failure'
import type { Profile } from '#shared/model/profile'
import type { MadeMessage } from '#shared/model/publish'
import { fail, type AppError } from '#shared/result'
import { createRetryClock } from '../broker/connecting/retryClock'
import type { HeardRequest } from '../responder/answerTemplate'
import type { Answer } from '../senders/clients/senderRoute'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { CompiledDevice } from './compiledDevice'
import type { DeviceTexts } from './deviceTexts'
import type { DeviceLink, OpenDeviceLink } from './link/deviceLink'

export interface DeviceConnectionParts {
  readonly compiled: CompiledDevice
  readonly clientId: string
  readonly openLink: OpenDeviceLink
  readonly reconnect: Profile['reconnect']
  readonly clock: SenderClock
  /** From 0 to below 1. */
  readonly random: () => number
  readonly texts: DeviceTexts
  readonly filters: () => readonly string[]
  readonly onMessage: (message: HeardRequest) => void
  /** It is connected, and subscribed to its filters. */
  readonly onOnline: () => void
  readonly onOffline: () => void
  readonly onError: (error: AppError) => void
  readonly onChange: () => void
}

/** The connections of a device, one after the other. */
export interface DeviceConnection {
  phase(): DevicePhase
  /** How often it was connected. */
  connects(): number
  /** Resolves when the first try has come to an end, for better or worse. */
  begin(): Promise<void>
  send(message: MadeMessage, answer: Answer): AppError | null
  stop(): Promise<void>
}

/** A device that is at fault on purpose connects again after so many milliseconds, whatever ended its connection. */
const stormPauseMs = 200

export const createDeviceConnection = (parts: DeviceConnectionParts): DeviceConnection => {
  const { compiled, clientId, clock, texts, onOnline, onOffline, onError, onChange } = parts
  const { faults } = compiled.definition
  const isStorm = faults.sameClientId || faults.dropEveryMs !== null
  /** Of the link that is there or being opened. One for each: what listens to it goes when that link does. */
  let ending = new AbortController()
  let isOver = false
  const isStopped = () => isOver
  let phase: DevicePhase = 'connecting'
  let link: DeviceLink | null = null
  let connects = 0
  let onlineSince = 0
  let cancelTimer: () => void = () => undefined

  const enter = (next: DevicePhase) => {
    phase = next
    onChange()
  }
  const retry = createRetryClock({ now: clock.now, random: parts.random, onTime: () => void connect() })

  const conclude = (reason: AppError, onlineMs: number | null) => {
    if (isStopped()) return
    onError(reason)
    if (isStorm) {
      cancelTimer = clock.after(stormPauseMs, () => void connect())
      enter('waiting')
      return
    }
    const tries = isFailure(reason) ? retry.conclude(reason, parts.reconnect, onlineMs) : null
    enter(tries?.nextTryAt == null ? 'failed' : 'waiting')
  }
  const onEnded = (reason: AppError) => {
    cancelTimer()
    link = null
    onOffline()
    conclude(reason, clock.now() - onlineSince)
  }
  const subscribe = async (opened: DeviceLink) => {
    const refused = await Promise.all(parts.filters().map((filter) => opened.subscribe(filter)))
    for (const error of refused) if (error) onError(error)
  }
  const connect = async (): Promise<void> => {
    enter('connecting')
    texts.beginConnection(connects)
    const will = compiled.will && texts.message(compiled.will)
    if (will && !will.ok) {
      onError(will.error)
      enter('failed')
      return
    }
    let hasEnded = false
    const isGone = () => hasEnded || isStopped()
    ending = new AbortController()
    const opened = await parts.openLink({
      clientId,
      will: will?.value ?? null,
      signal: ending.signal,
      // What is underway of a packet is done first.
      onMessage: (message) => queueMicrotask(() => link && parts.onMessage(message)),
      onEnded: (reason) => {
        hasEnded = true
        onEnded(reason)
      },
    })
    if (!opened.ok) {
      conclude(opened.error, null)
      return
    }
    if (isGone()) return
    link = opened.value
    connects += 1
    onlineSince = clock.now()
    await subscribe(opened.value)
    if (isGone()) return
    enter('online')
    onOnline()
    if (faults.dropEveryMs !== null) cancelTimer = clock.after(faults.dropEveryMs, opened.value.cut)
  }
  return {
    phase: () => phase,
    connects: () => connects,
    begin: connect,
    send: (message, answer) =>
      link ? link.send(message, answer) : fail('notConnected', 'This device is not connected.').error,
    stop: async () => {
      cancelTimer()
      retry.cancel()
      const open = link
      link = null
      isOver = true
      ending.abort()
      await open?.close()
      onOffline()
      enter('stopped')
    },
  }
}

const isFailure = (reason: AppError): reason is ConnectionFailure => 'retries' in reason
