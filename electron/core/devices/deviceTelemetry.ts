import type { MadeMessage } from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { CompiledDevice, CompiledTelemetry, CompiledVariable } from './compiledDevice'
import { startRepeating } from './deviceClock'
import type { DeviceTexts } from './deviceTexts'
import type { DeviceVariables } from './deviceVariables'

export interface DeviceTelemetryParts {
  readonly compiled: CompiledDevice
  /** From 1. */
  readonly number: number
  readonly clock: SenderClock
  /** From 0 to below 1. */
  readonly random: () => number
  readonly variables: DeviceVariables
  readonly texts: DeviceTexts
  /** Whether more messages may wait for their answers. */
  readonly hasRoom: () => boolean
  /** False = it could not be. */
  readonly sendMade: (made: Result<MadeMessage>) => boolean
  readonly onSkipped: (count: number) => void
  readonly onError: (error: AppError) => void
}

/** What a device tells by itself while it is connected. */
export interface DeviceTelemetry {
  start(): void
  stop(): void
  /** The birth messages have just told the values of all variables. */
  noteBirth(): void
  /** Sends at once what is sent when variables change, and have. */
  sendChanges(): void
}

export const createDeviceTelemetry = (parts: DeviceTelemetryParts): DeviceTelemetry => {
  const { compiled, number, clock, random, variables, texts, hasRoom, sendMade, onSkipped, onError } = parts
  const told = compiled.telemetry.filter(({ isOn }) => isOn)
  /** What of the changes of its variables each message has told. */
  const toldChanges = new Map<CompiledTelemetry, number>()
  let stops: (() => void)[] = []

  const hasChanged = (one: CompiledTelemetry) => toldChanges.get(one) !== variables.changesOf(one.names)
  const tell = (one: CompiledTelemetry): 'sent' | 'leftOut' => {
    if (one.sent === 'changes' && !hasChanged(one)) return 'sent'
    if (!hasRoom()) return 'leftOut'
    toldChanges.set(one, variables.changesOf(one.names))
    return sendMade(texts.message(one.template)) ? 'sent' : 'leftOut'
  }
  const move = ({ name, next }: CompiledVariable): 'sent' => {
    const value = next && texts.text(next)
    if (value?.ok) variables.set(name, value.value)
    else if (value) onError(value.error)
    return 'sent'
  }
  const times = () => ({ clock, seed: Math.floor(random() * 2 ** 31) })
  /** The devices of a definition are spread evenly over the interval, as those of a sender are. */
  const place = (number - 1) / compiled.definition.devices

  return {
    start: () => {
      const moving = compiled.variables.filter(({ next }) => next !== null)
      // Values move before they are told.
      stops = [
        ...moving.map((variable) =>
          startRepeating({
            ...times(),
            everyMs: variable.everyMs,
            afterMs: variable.everyMs,
            jitter: 0,
            act: () => move(variable),
            skip: () => undefined,
          }),
        ),
        ...told.map((one) =>
          startRepeating({
            ...times(),
            everyMs: one.everyMs,
            afterMs: one.afterMs + one.everyMs * place,
            jitter: one.jitter,
            act: () => tell(one),
            skip: onSkipped,
          }),
        ),
      ]
    },
    stop: () => {
      for (const stop of stops) stop()
      stops = []
    },
    noteBirth: () => {
      for (const one of told) toldChanges.set(one, variables.changesOf(one.names))
    },
    sendChanges: () => {
      for (const one of told) if (one.sent === 'changes') tell(one)
    },
  }
}
