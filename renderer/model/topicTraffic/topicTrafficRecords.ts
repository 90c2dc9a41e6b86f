import { flags } from '#shared/model/frame'

// Float64 fields of a record.
const messagesAt = 0
const bytesAt = 1
const firstAt = 2
const lastAt = 3
const fieldCount = 4
// Uint32 words of a record.
const largestAt = 0
const paceAt = 1
const wordCount = 2
// Float64 counts of messages that are not of QoS 0 or have the retain mark.
const retainedAt = 0
const markCount = 3

const blockBits = 10
const blockTopics = 2 ** blockBits
const blockMask = blockTopics - 1

interface RecordBlock {
  readonly fields: Float64Array
  readonly words: Uint32Array
  /** Made for the first message in the block that has a mark. */
  marks: Float64Array | null
}

/** Of a topic: live messages are those that are not stored ones. All is 0 for a topic without messages. */
export interface TrafficRecords {
  /** Counts a message. */
  add(topicId: number, size: number, bits: number): void
  messages(topicId: number): number
  bytes(topicId: number): number
  largest(topicId: number): number
  /** Of QoS 1 or 2. */
  qos(topicId: number, qos: 1 | 2): number
  retained(topicId: number): number
  /** When the first live message came; with a minus, when the last stored one came where no live one did. */
  first(topicId: number): number
  setFirst(topicId: number, time: number): void
  /** When the last live message came. */
  last(topicId: number): number
  setLast(topicId: number, time: number): void
  /** As `topicTrafficPaces` keeps it. */
  pace(topicId: number): number
  setPace(topicId: number, pace: number): void
  clear(): void
}

/** Blocks instead of arrays that grow: nothing is copied, and there is no moment when memory is held twice. */
export const createTrafficRecords = (): TrafficRecords => {
  const blocks: (RecordBlock | undefined)[] = []
  const blockOf = (topicId: number) => (topicId < 0 ? undefined : blocks[topicId >>> blockBits])
  const field = (topicId: number, which: number): number =>
    blockOf(topicId)?.fields[(topicId & blockMask) * fieldCount + which] ?? 0
  const word = (topicId: number, which: number): number =>
    blockOf(topicId)?.words[(topicId & blockMask) * wordCount + which] ?? 0
  const mark = (topicId: number, which: number): number =>
    blockOf(topicId)?.marks?.[(topicId & blockMask) * markCount + which] ?? 0
  const setField = (topicId: number, which: number, value: number): void => {
    const block = blocks[topicId >>> blockBits]
    if (block) block.fields[(topicId & blockMask) * fieldCount + which] = value
  }
  return {
    add: (topicId, size, bits) => {
      const block = (blocks[topicId >>> blockBits] ??= createBlock())
      const slot = topicId & blockMask
      const { fields, words } = block
      const at = slot * fieldCount
      fields[at + messagesAt] = (fields[at + messagesAt] as number) + 1
      fields[at + bytesAt] = (fields[at + bytesAt] as number) + size
      if (size > (words[slot * wordCount + largestAt] as number)) words[slot * wordCount + largestAt] = size
      if ((bits & (flags.qosMask | flags.retain)) !== 0) addMarks(block, slot, bits)
    },
    messages: (topicId) => field(topicId, messagesAt),
    bytes: (topicId) => field(topicId, bytesAt),
    largest: (topicId) => word(topicId, largestAt),
    qos: (topicId, qos) => mark(topicId, qos),
    retained: (topicId) => mark(topicId, retainedAt),
    first: (topicId) => field(topicId, firstAt),
    setFirst: (topicId, time) => setField(topicId, firstAt, time),
    last: (topicId) => field(topicId, lastAt),
    setLast: (topicId, time) => setField(topicId, lastAt, time),
    pace: (topicId) => word(topicId, paceAt),
    setPace: (topicId, pace) => {
      const block = blocks[topicId >>> blockBits]
      if (block) block.words[(topicId & blockMask) * wordCount + paceAt] = pace
    },
    clear: () => {
      blocks.length = 0
    },
  }
}

const createBlock = (): RecordBlock => ({
  fields: new Float64Array(blockTopics * fieldCount),
  words: new Uint32Array(blockTopics * wordCount),
  marks: null,
})

const addMarks = (block: RecordBlock, slot: number, bits: number): void => {
  const marks = (block.marks ??= new Float64Array(blockTopics * markCount))
  const at = slot * markCount
  const qos = bits & flags.qosMask
  if (qos !== 0) marks[at + qos] = (marks[at + qos] as number) + 1
  if (bits & flags.retain) marks[at + retainedAt] = (marks[at + retainedAt] as number) + 1
}
