import type { DeviceState } from '#shared/model/device'
import type { Profile } from '#shared/model/profile'
import type { MadeMessage } from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import { createSenderTally } from '../senders/counts/senderTally'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { MessageTemplate } from '../templates/messageTemplate'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import type { CompiledDevice } from './compiledDevice'
import { createDeviceCommands } from './deviceCommands'
import { createDeviceConnection } from './deviceConnection'
import { createDeviceTelemetry } from './deviceTelemetry'
import { createDeviceTexts } from './deviceTexts'
import { createDeviceVariables } from './deviceVariables'
import type { OpenDeviceLink } from './link/deviceLink'

export interface DeviceParts {
  readonly compiled: CompiledDevice
  /** From 1. */
  readonly number: number
  readonly clientId: string
  readonly openLink: OpenDeviceLink
  /** When it tries again after a failure. */
  readonly reconnect: Profile['reconnect']
  readonly environment: TemplateEnvironment
  readonly clock: SenderClock
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly now: () => number
  /** From 0 to below 1. */
  readonly random: () => number
  /** Its state changed. */
  readonly onChange: () => void
}

/** One simulated device, over all its connections. */
export interface Device {
  state(): DeviceState
  /** Resolves when it was born, or could not be for the first time. */
  begin(): Promise<void>
  /** Sends its death messages and disconnects. */
  stop(): Promise<void>
}

/** What of the messages of a device may wait for answers. */
const mostUnanswered = 1_000
const mostUnansweredBytes = 16 * 2 ** 20

/**
 * Connects with its will, subscribes to its commands, sends its birth messages and then its telemetry; connects again after a
 * failure, as its profile does, and is born again.
 */
export const createDevice = (parts: DeviceParts): Device => {
  const { compiled, clientId, number, onChange } = parts
  const tally = createSenderTally()
  const counts = { commands: 0, answers: 0, skipped: 0 }
  let lastError: AppError | null = null
  const variables = createDeviceVariables()
  const texts = createDeviceTexts({ ...parts, variables })

  const note = (error: AppError) => {
    lastError = error
    onChange()
  }
  const count = (what: keyof typeof counts, by = 1) => {
    counts[what] += by
    onChange()
  }
  const hasRoom = () => tally.unanswered() < mostUnanswered && tally.unansweredBytes() < mostUnansweredBytes
  const send = (message: MadeMessage): boolean => {
    const bytes = message.payload.length
    const problem = connection.send(message, (result) => {
      tally.noteAnswer(bytes, result.ok ? null : result.error)
      if (!result.ok && result.error.code === 'publishRefused') note(result.error)
    })
    if (problem) {
      note(problem)
      return false
    }
    tally.noteSent(bytes)
    texts.noteSent()
    onChange()
    return true
  }
  /** False = it could not be made or sent. */
  const sendMade = (made: Result<MadeMessage>): boolean => {
    if (made.ok) return send(made.value)
    note(made.error)
    return false
  }
  const sendAll = (templates: readonly MessageTemplate[]) => {
    for (const template of templates) sendMade(texts.message(template))
  }
  const sendBirths = () => {
    texts.beginBirth()
    sendAll(compiled.births)
    telemetry.noteBirth()
  }
  const telemetry = createDeviceTelemetry({
    ...parts,
    variables,
    texts,
    hasRoom,
    sendMade,
    onSkipped: (skipped) => count('skipped', skipped),
    onError: note,
  })
  const commands = createDeviceCommands({
    ...parts,
    variables,
    texts,
    count,
    send,
    sendBirths,
    onChanged: telemetry.sendChanges,
    onError: note,
  })
  const connection = createDeviceConnection({
    ...parts,
    texts,
    filters: commands.filters,
    onMessage: commands.take,
    onOnline: () => {
      sendBirths()
      telemetry.start()
    },
    onOffline: telemetry.stop,
    onError: note,
  })

  return {
    state: () => ({
      number,
      clientId,
      phase: connection.phase(),
      connects: connection.connects(),
      sent: tally.sent(),
      ...counts,
      lastError,
    }),
    begin: () => {
      for (const { name, start } of compiled.variables) {
        const value = texts.text(start)
        if (value.ok) variables.set(name, value.value)
        else note(value.error)
      }
      return connection.begin()
    },
    stop: async () => {
      telemetry.stop()
      if (connection.phase() === 'online') sendAll(compiled.deaths)
      await connection.stop()
    },
  }
}
