// Why it is so: build/docs/decisions/26-details-stay-in-main.md
import type { BrokerWords } from '#shared/model/brokerWords'
import type { DeliveryLeg, DeliveryRecord } from '#shared/model/delivery'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import type { AppError } from '#shared/result'

/** The record of a delivery that goes on. */
export interface OpenRecord extends DeliveryRecord {
  packetId: number
  timesSent: number
  readonly legs: DeliveryLeg[]
  legsLeftOut: number
  violation: AppError | null
}

/** Records of so many messages are kept, with so many characters of reason strings and user properties. */
const mostRecords = 5_000
const mostCharacters = 2 ** 21
const mostLegs = 24

/** Records of the packets of a connection's latest messages with QoS 1 and 2; the oldest are removed first. */
export interface DeliveryRecords {
  open(sequence: number, qos: Qos, protocolVersion: ProtocolVersion): OpenRecord
  find(sequence: number): DeliveryRecord | null
  note(sequence: number, record: OpenRecord, leg: DeliveryLeg): void
}

export const createDeliveryRecords = (): DeliveryRecords => {
  const records = new Map<number, OpenRecord>()
  /** Their sequence numbers in a ring: to find its oldest key, a Map would walk over all that were deleted. */
  const ring: number[] = []
  /** The place of the oldest, and of the next one. */
  let oldest = 0
  let characters = 0

  const forget = (sequence: number | undefined) => {
    const record = sequence === undefined ? undefined : records.get(sequence)
    if (sequence === undefined || !record) return
    records.delete(sequence)
    for (const { words } of record.legs) characters -= charactersOf(words)
  }
  const forgetWords = () => {
    for (let count = 0; count < ring.length && characters > mostCharacters; count += 1)
      forget(ring[(oldest + count) % ring.length])
  }
  return {
    open: (sequence, qos, protocolVersion) => {
      const made = { qos, protocolVersion, packetId: 0, timesSent: 0, legs: [], legsLeftOut: 0, violation: null }
      if (ring.length === mostRecords) forget(ring[oldest])
      ring[oldest] = sequence
      oldest = (oldest + 1) % mostRecords
      records.set(sequence, made)
      return made
    },
    find: (sequence) => records.get(sequence) ?? null,
    note: (sequence, record, leg) => {
      record.legs.push(leg)
      const [left] = record.legs.length > mostLegs ? record.legs.splice(1, 1) : []
      if (left) record.legsLeftOut += 1
      if (records.get(sequence) !== record) return
      characters += charactersOf(leg.words) - charactersOf(left?.words ?? null)
      if (characters > mostCharacters) forgetWords()
    },
  }
}

const charactersOf = (words: BrokerWords | null): number =>
  (words?.reasonString?.length ?? 0) +
  (words?.userProperties.reduce((sum, [name, value]) => sum + name.length + value.length, 0) ?? 0)
