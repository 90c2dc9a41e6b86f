// Why it is so: build/docs/decisions/94-a-thread-decodes-payloads.md
import { useEffect } from 'react'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { PayloadRule } from '#shared/model/payloadRule'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { DecodeBy, DecodedItem, DecodingFailure } from '../model/decoding/decodeItems'
import { foundDecoder, type FoundDecoder } from '../model/decoding/withoutRule'
import type { MessageView } from '../model/messageLog/messageLogChunk'
import { isHead } from '../model/messageLog/payloadHead'
import { defineAppState, defineConnectionState, type App, type Connection } from './app'
import { createRuleByTopic, decodingRulesOf } from './decodingRules'
import { payloadRulesState } from './payloadRules'
import { useApp } from './useApp'
import { useConnection, useConnectionObject } from './useConnection'

/** Why a payload is decoded as it is: by the rule of a filter, or because of what was found in the message. */
interface DecodedWay {
  readonly decoder: string
  readonly found: 'rule' | FoundDecoder['found']
  /** '' = no rule. */
  readonly filter: string
}

/** What is known of a payload as it is decoded. */
export type Decoded =
  | { readonly status: 'waiting'; readonly way: DecodedWay }
  | {
      readonly status: 'decoded'
      readonly way: DecodedWay
      /** On one line; of a line only its beginning where `isCut`. */
      readonly json: string
      readonly isCut: boolean
      /** Empty for a line. */
      readonly nodes: readonly PayloadNode[]
      /** What the places of the nodes count in, where that is not the payload itself. */
      readonly unpacked: Uint8Array | null
    }
  | ({ readonly status: 'failed'; readonly way: DecodedWay } & Omit<DecodingFailure, 'ok'>)

/** A payload that is tried: what of a message says how it is decoded. */
export type TriedMessage = Pick<MessageView, 'topic' | 'payload' | 'properties'>

type Shown = Pick<MessageView, 'sequence' | 'topic' | 'payload' | 'payloadBytes' | 'properties'>

interface Asked {
  readonly sequence: number
  readonly bytes: Uint8Array
  readonly by: DecodeBy
  readonly way: DecodedWay
}

/** Rules as they were last sent to the thread; a new object with each change of them. */
interface DecodingState {
  current(): object
}

const decodingState = defineAppState<DecodingState>('decoding', ({ owner: app }) => {
  let known: Pick<ReturnType<typeof rulesIn>, 'rules' | 'schemas'> | null = null
  return {
    current: () => {
      const { rules, schemas } = rulesIn(app)
      if (known?.rules === rules && known.schemas === schemas) return known
      app.payloadDecoder.setRules(decodingRulesOf({ rules, schemas }))
      known = { rules, schemas }
      return known
    },
  }
})

const rulesIn = (app: App) => app.get(payloadRulesState)

interface DecodedState {
  /** Grows with every answer. */
  readonly revision: number
  /** What is remembered of a message. */
  lineOf(sequence: number): Decoded | null
  ask(message: Shown): void
  /** Of a topic's latest message, or of the one before it while that is decoded; null = nothing says how. */
  latestOf(topic: string): Decoded | null
  /** For one message at a time, however fast they come. */
  askLatest(topic: string): void
  /** Of a message that is looked at closely, whose payload may be another one than the log has. */
  allOf(sequence: number, bytes: Uint8Array): Decoded | null
  askAll(message: Shown, bytes: Uint8Array): void
  /** As the thread is asked, which has the rules of now then; null = neither a rule nor the message says how. */
  decoderFor(message: Shown): DecodeBy | null
  /** Decodes it once, by the rules of now or by this one alone, and remembers nothing; null = nothing says how. */
  tryOut(message: TriedMessage, rule?: PayloadRule): Promise<Decoded | null>
}

/** Lines that are remembered: those in view and around, in log and tree. */
const mostLines = 4_000
/** Topics whose latest line is remembered: those in view and around. */
const mostTopics = 1_000
/** Payloads that are remembered as a whole: the one looked at, and the one it is compared with. */
const mostWholes = 4

export const decodedState = defineConnectionState<DecodedState>('decoded', ({ owner: connection, set }) => {
  const lines = new Map<number, Decoded>()
  const wholes = new Map<number, { readonly bytes: Uint8Array; readonly decoded: Decoded }>()
  const latest = createLatestLines((sequence) => lines.get(sequence))
  const queue = new Map<number, Asked>()
  let rules: object | null = null
  let byTopic: ReturnType<typeof createRuleByTopic> = () => null

  const follow = () => {
    const current = connection.app.get(decodingState).current()
    if (current === rules) return
    rules = current
    byTopic = createRuleByTopic(rulesIn(connection.app).rules, connection.id)
    lines.clear()
    wholes.clear()
    latest.clear()
    queue.clear()
  }
  /** Null = neither a rule nor the message says how the payload is decoded. */
  const wayOf = (message: TriedMessage): Pick<Asked, 'way' | 'by'> | null => {
    follow()
    const rule = byTopic(message.topic)
    return rule ? { way: wayBy(rule), by: { ruleId: rule.id } } : wayFound(message)
  }
  const tellAll = () => set(({ revision }) => ({ revision: revision + 1 }))
  const flush = async () => {
    const asked = [...queue.values()]
    queue.clear()
    const asOf = rules
    if (asked.length === 0) return
    const decoded = await connection.app.payloadDecoder.decode(
      asked.map(({ by, bytes }) => ({ by, bytes, wants: 'line' })),
    )
    if (asOf !== rules || connection.gone.aborted) return
    asked.forEach(({ sequence, way }, index) => {
      const item = decoded[index]
      if (item) lines.set(sequence, decodedOf(item, way))
    })
    forgetOldest(lines, mostLines)
    tellAll()
  }

  const ask = (message: Shown): boolean => {
    const found = wayOf(message)
    const { sequence, payload: bytes } = message
    if (!found || isHead(message)) return false
    if (lines.has(sequence) || queue.has(sequence)) return true
    lines.set(sequence, { status: 'waiting', way: found.way })
    // The rows of a frame ask in one task, and are asked for in one list.
    if (queue.size === 0) queueMicrotask(() => void flush())
    queue.set(sequence, { sequence, bytes, ...found })
    return true
  }

  return {
    revision: 0,
    lineOf: (sequence) => {
      follow()
      return lines.get(sequence) ?? null
    },
    ask: (message) => void ask(message),
    latestOf: (topic) => {
      follow()
      return latest.lineOf(topic)
    },
    askLatest: (topic) => {
      follow()
      if (latest.isWaiting(topic)) return
      const message = connection.model.log.latestOf(topic)
      if (message && ask(message)) latest.note(topic, message.sequence)
      else if (latest.forget(topic)) tellAll()
    },
    allOf: (sequence, bytes) => {
      follow()
      const known = wholes.get(sequence)
      return known?.bytes === bytes ? known.decoded : null
    },
    askAll: (message, bytes) => {
      const found = wayOf(message)
      const { sequence } = message
      if (!found || wholes.get(sequence)?.bytes === bytes) return
      const { way, by } = found
      const asOf = rules
      wholes.set(sequence, { bytes, decoded: { status: 'waiting', way } })
      forgetOldest(wholes, mostWholes)
      void connection.app.payloadDecoder.decode([{ by, bytes, wants: 'all' }]).then(([item]) => {
        if (!item || asOf !== rules || connection.gone.aborted || wholes.get(sequence)?.bytes !== bytes) return
        wholes.set(sequence, { bytes, decoded: decodedOf(item, way) })
        tellAll()
      })
    },
    decoderFor: (message) => wayOf(message)?.by ?? null,
    tryOut: async (message, rule) => {
      const found = rule ? (wayOfTried(connection.app, rule) ?? wayFound(message)) : wayOf(message)
      if (!found) return null
      const [item] = await connection.app.payloadDecoder.decode([
        { by: found.by, bytes: message.payload, wants: 'all' },
      ])
      return item ? decodedOf(item, found.way) : null
    },
  }
})

/** By a rule that is not saved yet. */
const wayOfTried = (app: App, rule: PayloadRule): Pick<Asked, 'way' | 'by'> | null => {
  const [decoding] = decodingRulesOf({ rules: [rule], schemas: rulesIn(app).schemas })
  return decoding ? { way: wayBy(rule), by: { rule: decoding } } : null
}

/** Without a rule. */
const wayFound = ({ payload, properties }: TriedMessage): Pick<Asked, 'way' | 'by'> | null => {
  const found = foundDecoder(payload, properties.length === 0 ? null : decodePublishProperties(properties))
  return found && { way: { ...found, filter: '' }, by: { decoder: found.decoder } }
}

const wayBy = ({ decoder, schema, filter }: PayloadRule): DecodedWay => ({
  decoder: decoder ?? schema?.kind ?? '',
  found: 'rule',
  filter,
})

/** Of topics in view, the line of the latest message; while that is decoded, the line before. */
const createLatestLines = (lineAt: (sequence: number) => Decoded | undefined) => {
  const latest = new Map<string, { readonly sequence: number; readonly line: Decoded | null }>()
  const lineOf = (topic: string): Decoded | null => {
    const known = latest.get(topic)
    const line = known && lineAt(known.sequence)
    return line && line.status !== 'waiting' ? line : (known?.line ?? null)
  }
  return {
    lineOf,
    isWaiting: (topic: string): boolean => {
      const known = latest.get(topic)
      return known !== undefined && lineAt(known.sequence)?.status === 'waiting'
    },
    note: (topic: string, sequence: number): void => {
      const line = lineOf(topic)
      latest.delete(topic)
      latest.set(topic, { sequence, line })
      forgetOldest(latest, mostTopics)
    },
    /** Whether there was one. */
    forget: (topic: string): boolean => latest.delete(topic),
    clear: (): void => latest.clear(),
  }
}

const forgetOldest = <Key>(known: Map<Key, unknown>, most: number) => {
  for (const key of known.keys()) {
    if (known.size <= most) return
    known.delete(key)
  }
}

const decodedOf = (item: DecodedItem, way: DecodedWay): Decoded => {
  if (item.ok) {
    const { json, isCut, nodes, unpacked } = item
    return { status: 'decoded', way, json, isCut, nodes, unpacked }
  }
  const { at, reason, offset } = item
  return { status: 'failed', way, at, reason, offset }
}

/** Also when the rules or their schemas are others. */
const useRulesRevision = () => {
  const schemas = useApp(payloadRulesState, (state) => state.schemas)
  const rules = useApp(payloadRulesState, (state) => state.rules)
  return { rules, schemas }
}

/** The decoded payload of a row, on one line; null = nothing says how, or it is not decoded yet. */
export const useDecodedLine = (message: Shown): Decoded | null => {
  const connection: Connection = useConnectionObject()
  const { rules, schemas } = useRulesRevision()
  const line = useConnection(decodedState, (state) => state.lineOf(message.sequence))
  useEffect(() => connection.get(decodedState).ask(message), [connection, message, rules, schemas])
  return line?.status === 'waiting' ? null : line
}

/** The latest payload of a topic, which is another one with each `version`, decoded on one line. */
export const useDecodedLatest = (topic: string, version: number): Decoded | null => {
  const connection: Connection = useConnectionObject()
  const { rules, schemas } = useRulesRevision()
  const line = useConnection(decodedState, (state) => state.latestOf(topic))
  // With an answer the next message is asked for that came meanwhile.
  useEffect(() => connection.get(decodedState).askLatest(topic), [connection, topic, version, rules, schemas, line])
  return line
}

/** The whole payload of a message, decoded; null = nothing says how. `bytes` = all of it; null = only its head is here. */
export const useDecoded = (message: Shown | null, bytes: Uint8Array | null): Decoded | null => {
  const connection: Connection = useConnectionObject()
  const { rules, schemas } = useRulesRevision()
  const decoded = useConnection(decodedState, (state) =>
    message && bytes ? state.allOf(message.sequence, bytes) : null,
  )
  useEffect(() => {
    if (message && bytes) connection.get(decodedState).askAll(message, bytes)
  }, [connection, message, bytes, rules, schemas])
  return decoded
}
