import { flags, recordBytes, unnumberedTopic, type Frame } from '#shared/model/frame'
import { createFrameReader, recordOffset } from '#shared/model/frameReader'
import { createSparkplugNetwork, type SparkplugNetwork } from '#shared/sparkplug/sparkplugNetwork'
import { readSparkplugTopic } from '#shared/sparkplug/sparkplugTopic'

/** Takes the messages of Sparkplug out of all that come, before the log can let go of any. */
export interface SparkplugFeed {
  readonly network: SparkplugNetwork
  /** The frame must be sound. */
  apply(frame: Frame): void
  /** Its messages could not be read. */
  refuse(): void
  /** Another Session of the server: what came in between was not heard. */
  enterServerSession(): void
}

/** Each topic is looked at when its name comes; of all other messages, only the number of their topic. */
export const createSparkplugFeed = (nameOf: (topicId: number) => string | undefined): SparkplugFeed => {
  const network = createSparkplugNetwork()
  const topics = new Set<number>()
  let topicsFrom = 0
  const learn = ({ topicsFrom: from, firstTopicId, newTopics }: Frame) => {
    if (from !== topicsFrom) topics.clear()
    topicsFrom = from
    newTopics.forEach((topic, index) => {
      if (readSparkplugTopic(topic)) topics.add(firstTopicId + index)
    })
  }
  return {
    network,
    refuse: network.interrupt,
    enterServerSession: network.interrupt,
    apply: (frame) => {
      learn(frame)
      if (frame.droppedBefore > 0 || frame.skippedBefore) network.interrupt()
      const view = new DataView(frame.records.buffer, frame.records.byteOffset, frame.records.byteLength)
      const reader = createFrameReader(frame)
      for (let index = 0; index < frame.count; index++) {
        const topicId = view.getUint32(index * recordBytes + recordOffset.topicId, true)
        if (topicId < unnumberedTopic && !topics.has(topicId)) continue
        const topic = reader.unnumberedTopic(index) ?? nameOf(topicId) ?? ''
        const bits = reader.flags(index)
        if ((bits & flags.copy) !== 0) continue
        network.take({
          topic,
          payload: reader.payload(index),
          at: reader.time(index),
          sequence: frame.firstSequence + index,
          isOutgoing: (bits & flags.outgoing) !== 0,
          isRetained: (bits & flags.retain) !== 0 && (bits & flags.outgoing) === 0,
          isHead: (bits & flags.head) !== 0,
        })
      }
    },
  }
}
