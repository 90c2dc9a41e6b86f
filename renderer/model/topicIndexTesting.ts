import { frameOfMessages } from './messageLogTesting'
import { createTopicIndex, type TopicIndex } from './topicIndex'

/** An index that has had one message on each of these topics, repeated ones included. */
export const indexOf = (sent: readonly string[]): TopicIndex => {
  const topicNames = [...new Set(sent)]
  const numbers = new Map(topicNames.map((topic, number) => [topic, number]))
  const index = createTopicIndex({ topicNames })
  index.apply(
    frameOfMessages(
      1,
      sent.map((topic) => ({ topicId: numbers.get(topic) ?? 0, payload: '' })),
    ),
  )
  return index
}
