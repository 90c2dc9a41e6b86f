import { frameOfMessages } from '../messageLog/messageLogTesting'
import { createTopicIndex, type TopicIndex } from './topicIndex'

/** For tests: an empty index, and what sends one message on each of some topics to it. */
export const createSentIndex = () => {
  const topicNames: string[] = []
  const numbers = new Map<string, number>()
  const index = createTopicIndex({ topicNames })
  const numberOf = (topic: string) => {
    const known = numbers.get(topic)
    if (known !== undefined) return known
    numbers.set(topic, topicNames.length)
    return topicNames.push(topic) - 1
  }
  const send = (topics: readonly string[]) => {
    const messages = topics.map((topic) => ({ topicId: numberOf(topic), payload: '' }))
    index.apply(frameOfMessages(1, messages))
  }
  return { index, send }
}

/** For tests: an index that has had one message on each of these topics, repeated ones included. */
export const indexOf = (sent: readonly string[]): TopicIndex => {
  const { index, send } = createSentIndex()
  send(sent)
  return index
}
