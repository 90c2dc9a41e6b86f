import { flags } from '#shared/model/frame'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import type { TopicEntry } from '../broker/message/topicTable'
import type { WireMessage } from '../broker/message/wireMessage'

/** A recorded message as one that came over the wire, at its time. */
export const wireMessageOf = (
  message: RecordedMessage,
  { topic, time }: { readonly topic: TopicEntry; readonly time: number },
): WireMessage => {
  const { qos, retain, dup, direction, payload, packetId } = message
  const section = encodePublishProperties(message.properties)
  const source = Buffer.concat([section, payload])
  return {
    time,
    // Before this process began wall time and steady time are taken for the same (clock.ts).
    clockShift: 0,
    topic,
    packetId: packetId ?? 0,
    flags: qos | (retain ? flags.retain : 0) | (dup ? flags.dup : 0) | (direction === 'out' ? flags.outgoing : 0),
    source,
    start: 0,
    payloadStart: section.length,
    end: source.length,
  }
}

/** Nanoseconds since 1970 in milliseconds, with the fraction that a number has room for. */
export const millisecondsOf = (time: bigint): number =>
  Number(time / 1_000_000n) + Number(time % 1_000_000n) / 1_000_000

/** The other way round. */
export const nanosecondsOf = (milliseconds: number): bigint => {
  const whole = Math.floor(milliseconds)
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((milliseconds - whole) * 1_000_000))
}
