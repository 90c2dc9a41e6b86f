import { scriptLimits, type ScriptInput, type ScriptTried } from '#shared/model/script'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { AppError } from '#shared/result'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'

/** What a script is tried with, as it is typed, and what it came to. */
export interface Trial {
  readonly topic: string
  readonly payload: string
  /** The payload is pairs of hex digits. */
  readonly isHex: boolean
  readonly calls: string
  /** Of the last try; null = it was not tried. */
  readonly tried: ScriptTried | null
  /** Why it could not be tried at all. */
  readonly error: AppError | null
}

export const emptyTrial: Trial = { topic: '', payload: '', isHex: false, calls: '1', tried: null, error: null }

export interface TrialProblems {
  readonly topic: ReturnType<typeof topicNameProblem>
  readonly payload: 'hex' | null
  readonly calls: 'range' | null
}

export const trialProblems = ({ topic, payload, isHex, calls }: Trial): TrialProblems => ({
  topic: topicNameProblem(topic),
  payload: isHex && !/^([\da-f]{2}\s*)*$/i.test(payload.trim()) ? 'hex' : null,
  calls: callsOf(calls) === null ? 'range' : null,
})

/** Whole calls within the limits, or null. */
export const callsOf = (typed: string): number | null => {
  const { least, most } = scriptLimits.calls
  const value = Number(typed)
  return /^\d+$/.test(typed.trim()) && value >= least && value <= most ? value : null
}

/** The typed message. */
export const typedInput = ({ topic, payload, isHex }: Trial): ScriptInput => ({
  topic,
  payload: isHex ? bytesOfHex(payload) : new TextEncoder().encode(payload),
  qos: 0,
  retain: false,
  properties: {},
})

/** A message of the log, as a script would get it. */
export const loggedInput = (message: MessageView, payload: Uint8Array): ScriptInput => {
  const { contentType, responseTopic, correlationData, messageExpirySeconds, userProperties } =
    decodePublishProperties(message.properties) ?? {}
  const properties = {
    ...(contentType === undefined ? {} : { contentType }),
    ...(responseTopic === undefined || topicNameProblem(responseTopic) ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData }),
    ...(messageExpirySeconds === undefined ? {} : { messageExpirySeconds }),
    ...(userProperties === undefined ? {} : { userProperties }),
  }
  // A copy: what crosses to main is exactly these bytes.
  return { topic: message.topic, payload: payload.slice(), qos: message.qos, retain: message.retain, properties }
}

const bytesOfHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/[\da-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16))
