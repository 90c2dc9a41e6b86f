import type { PacketTest, PacketTerm } from '#shared/model/packets'
import { decodePacket } from '#shared/mqtt/packet/decodePacket'
import type { DecodedPacket, PacketField } from '#shared/mqtt/packet/packetField'
import { isPlainlySound } from '#shared/mqtt/packet/plainlySound'
import { packetTypeOf } from '#shared/mqtt/packet/packetType'
import { readTwoBytes, variableIntegerLength } from '#shared/mqtt/propertySection'
import { levelsMatchText, parseFilter } from '#shared/mqtt/topicFilter'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { versionOf } from './packetRecorder'
import { metaBits, type StoredEntry } from './packetStore'

/** Whether an entry meets all conditions of a query. */
export type EntryTest = (entry: StoredEntry) => boolean

export interface EntryMarks {
  /** Something was found against the packet beside what its own bytes tell. */
  isMarked(number: number): boolean
}

export const entryTestOf = (terms: readonly PacketTerm[], marks: EntryMarks): EntryTest => {
  // What needs no bytes is asked first.
  const tests = terms
    .toSorted((one, other) => costOf(one.test) - costOf(other.test))
    .map(({ not, test }) => {
      const passes = testOf(test, marks)
      return not ? (entry: StoredEntry) => !passes(entry) : passes
    })
  return (entry) => tests.every((passes) => passes(entry))
}

const costOf = ({ kind }: PacketTest): number =>
  kind === 'text' || kind === 'errors' ? 2 : kind === 'topic' || kind === 'below' ? 1 : 0

const isStep = ({ meta }: StoredEntry) => (meta & metaBits.step) !== 0
const isPublish = (entry: StoredEntry) => !isStep(entry) && entry.first >> 4 === 3

const testOf = (test: PacketTest, marks: EntryMarks): EntryTest => {
  switch (test.kind) {
    case 'type':
      return (entry) => !isStep(entry) && packetTypeOf(entry.first) === test.type
    case 'step':
      return isStep
    case 'direction':
      return (entry) => !isStep(entry) && ((entry.meta & metaBits.out) !== 0) === (test.direction === 'out')
    case 'id':
      return ({ packetId }) => packetId >= test.low && packetId <= test.high && packetId > 0
    case 'size':
      return (entry) => !isStep(entry) && entry.size >= test.low && entry.size <= test.high
    case 'qos':
      return (entry) => isPublish(entry) && inRange((entry.first >> 1) & 3, test)
    case 'dup':
      return (entry) => isPublish(entry) && (entry.first & 8) !== 0
    case 'retained':
      return (entry) => isPublish(entry) && (entry.first & 1) !== 0
    case 'after':
      return ({ time }) => time >= test.time
    case 'before':
      return ({ time }) => time < test.time
    case 'topic':
      return topicTest(test.filter)
    case 'below':
      return (entry) => topicsOf(entry).some((topic) => topic === test.topic || topic.startsWith(`${test.topic}/`))
    case 'errors':
      return (entry) => !isStep(entry) && (marks.isMarked(entry.number) || isUnsound(entry))
    case 'text':
      return textTest(test.text)
  }
}

const inRange = (value: number, { low, high }: { readonly low: number; readonly high: number }) =>
  value >= low && value <= high

const decoded = ({ bytes, meta, size }: StoredEntry): DecodedPacket =>
  decodePacket(bytes, versionOf(meta), { from: (meta & metaBits.out) === 0 ? 'server' : 'client', size })

/** Most packets are plain ones, which are told without reading their fields. */
const isUnsound = (entry: StoredEntry): boolean =>
  !(entry.bytes.length === entry.size && isPlainlySound(entry.bytes, versionOf(entry.meta))) &&
  decoded(entry).problems.length > 0

const topicTest = (filter: string): EntryTest => {
  const { levels } = parseFilter(filter)
  return (entry) =>
    topicsOf(entry).some((topic) => topic === filter || (isPublish(entry) && levelsMatchText(levels, topic)))
}

/** The topic of a PUBLISH, or the filters of a SUBSCRIBE or UNSUBSCRIBE. */
const topicsOf = (entry: StoredEntry): readonly string[] => {
  if (isPublish(entry)) return [topicOf(entry.bytes)]
  const type = entry.first >> 4
  if (isStep(entry) || (type !== 8 && type !== 10)) return []
  return decoded(entry).fields.flatMap(({ field, value }) => (field === 'mqtt.topic' ? [String(value)] : []))
}

const topicOf = (bytes: Uint8Array): string => {
  const at = 1 + variableIntegerLength(bytes, 1, bytes.length)
  return decodeUtf8(bytes.subarray(at + 2, at + 2 + readTwoBytes(bytes, at)))
}

/** Secrets are not looked into: what is found would tell them letter by letter. */
const textTest = (text: string): EntryTest => {
  const wanted = text.toLowerCase()
  const has = ({ value, text: shown, term, children }: PacketField): boolean =>
    (term !== 'password' &&
      term !== 'authenticationData' &&
      (shown.toLowerCase().includes(wanted) || (typeof value === 'string' && value.toLowerCase().includes(wanted)))) ||
    children.some(has)
  return (entry) => {
    if (isStep(entry)) return decodeUtf8(entry.bytes).toLowerCase().includes(wanted)
    // Ill-formed UTF-8 has replacement characters in it, which nobody looks for.
    if (isPublish(entry)) return decodeUtf8(entry.bytes).toLowerCase().includes(wanted)
    return decoded(entry).fields.some(has)
  }
}
