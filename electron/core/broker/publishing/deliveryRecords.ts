import type { BrokerWords } from '#shared/model/brokerWords'
import type { DeliveryLeg, DeliveryRecord } from '#shared/model/delivery'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import type { AppError } from '#shared/result'

/** What is noted while a message is on its way. */
export interface OpenRecord extends DeliveryRecord {
  packetId: number
  timesSent: number
  readonly legs: DeliveryLeg[]
  legsLeftOut: number
  violation: AppError | null
}

/** So many messages of a connection keep their packets, and so many characters of what the server said of them. */
const mostRecords = 5_000
const mostCharacters = 2 ** 21
const mostLegs = 24

const charactersOf = (words: BrokerWords | null): number =>
  (words?.reasonString?.length ?? 0) +
  (words?.userProperties.reduce((sum, [name, value]) => sum + name.length + value.length, 0) ?? 0)

/** The packets of a connection's latest messages with QoS 1 and 2, for those who look at one; the oldest go first. */
export const createDeliveryRecords = () => {
  const records = new Map<number, OpenRecord>()
  let characters = 0

  const forgetOldest = () => {
    for (const [sequence, record] of records) {
      if (records.size <= mostRecords && characters <= mostCharacters) return
      records.delete(sequence)
      for (const { words } of record.legs) characters -= charactersOf(words)
    }
  }
  return {
    open: (sequence: number, qos: Qos, protocolVersion: ProtocolVersion): OpenRecord => {
      const made = { qos, protocolVersion, packetId: 0, timesSent: 0, legs: [], legsLeftOut: 0, violation: null }
      records.set(sequence, made)
      if (records.size > mostRecords) forgetOldest()
      return made
    },
    find: (sequence: number): DeliveryRecord | null => records.get(sequence) ?? null,
    note: (sequence: number, record: OpenRecord, leg: DeliveryLeg): void => {
      const isKept = records.get(sequence) === record
      if (isKept) characters += charactersOf(leg.words)
      record.legs.push(leg)
      if (record.legs.length > mostLegs) {
        const [left] = record.legs.splice(1, 1)
        record.legsLeftOut += 1
        if (isKept) characters -= charactersOf(left?.words ?? null)
      }
      if (characters > mostCharacters) forgetOldest()
    },
  }
}
export type DeliveryRecords = ReturnType<typeof createDeliveryRecords>
