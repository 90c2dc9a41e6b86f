import { decodeJson } from '#shared/encoding/decodedJson'
import type { DeviceCommand } from '#shared/model/device'
import type { MadeMessage } from '#shared/model/publish'
import { levelsMatchText, levelsOf } from '#shared/mqtt/topicFilter'
import type { AppError } from '#shared/result'
import { requestNames, type HeardRequest } from '../responder/answerTemplate'
import { limitPerSecond } from '../responder/limitPerSecond'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { CompiledCommand, CompiledDevice } from './compiledDevice'
import type { DeviceTexts } from './deviceTexts'
import type { DeviceVariables } from './deviceVariables'

export interface DeviceCommandsParts {
  readonly compiled: CompiledDevice
  /** From 1. */
  readonly number: number
  readonly clock: SenderClock
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly variables: DeviceVariables
  readonly texts: DeviceTexts
  readonly count: (what: 'commands' | 'answers' | 'skipped') => void
  readonly send: (message: MadeMessage) => boolean
  readonly sendBirths: () => void
  /** Variables may have got other values. */
  readonly onChanged: () => void
  readonly onError: (error: AppError) => void
}

/** What a device is told by others, and what it does then. */
export interface DeviceCommands {
  /** What is to be subscribed to now. */
  filters(): readonly string[]
  take(message: HeardRequest): void
}

/** More are not carried out: a device whose answers are commands to itself would never end. */
const mostPerSecond = 1_000

export const createDeviceCommands = (parts: DeviceCommandsParts): DeviceCommands => {
  const { compiled, number, clock, now, variables, texts, count, send, sendBirths, onChanged, onError } = parts
  const allows = limitPerSecond(mostPerSecond, clock)
  let heard: readonly { readonly command: CompiledCommand; readonly filter: string }[] = []
  let answers = 0

  const answer = ({ answer: template }: CompiledCommand, message: HeardRequest, request: unknown) => {
    if (!template) return
    const names = texts.names({ request })
    const memory = texts.memoryOf(template)
    const made = template.answer(message, { number: answers + 1, now: now(), device: number, names, memory })
    if (!made.ok) onError(made.error)
    else if (made.value && send(made.value)) {
      answers += 1
      count('answers')
    }
  }
  const carryOut = (command: CompiledCommand, message: HeardRequest) => {
    const request = requestNames(message, readers[command.reads])
    const when = command.when && texts.text(command.when, { request })
    if (when && !when.ok) {
      onError(when.error)
      return
    }
    if (when && ['', 'false'].includes(when.value.trim())) return
    count('commands')
    for (const { variable, value } of command.sets) {
      const text = texts.text(value, { request })
      if (text.ok) variables.set(variable, text.value)
      else onError(text.error)
    }
    answer(command, message, request)
    if (command.birthsAgain) sendBirths()
    onChanged()
  }
  return {
    filters: () => {
      heard = compiled.commands.flatMap((command) => {
        const filter = texts.text(command.filter)
        if (filter.ok) return [{ command, filter: filter.value }]
        onError(filter.error)
        return []
      })
      return [...new Set(heard.map(({ filter }) => filter))]
    },
    take: (message) => {
      for (const { command, filter } of heard) {
        if (!levelsMatchText(levelsOf(filter), message.topic)) continue
        if (allows()) carryOut(command, message)
        else count('skipped')
      }
    },
  }
}

/** What `request.json` is of a payload; a reader throws where there is none. */
const readers: Readonly<Record<DeviceCommand['reads'], (payload: Uint8Array, text: string) => unknown>> = {
  json: (_payload, text) => JSON.parse(text) as unknown,
  sparkplug: (payload) => {
    const read = decodeJson(payload, 'sparkplug')
    if (!read.ok) throw new Error(read.reason)
    return JSON.parse(read.text) as unknown
  },
}
