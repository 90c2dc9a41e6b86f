import { unnumberedTopic } from '#shared/model/frame'
import { levelsMatchText, parseFilter } from '#shared/mqtt/topicFilter'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { payloadAt, topicAt, topicIdAt, type FrameNames } from '../messageLog/messageLogChunk'
import type { TermTest } from '../query/queryTerm'
import { createPayloadScan } from './payloadScan'
import type { MessageTest, RangeTest } from './rangeTest'

type TestOf<Kind extends TermTest['kind']> = Extract<TermTest, { readonly kind: Kind }>

export const isWithinBranch = (topic: string, branch: string): boolean =>
  topic === branch || topic.startsWith(`${branch}/`)

/** Asks once for each number and remembers. */
export const remembered = (test: (id: number) => boolean): ((id: number) => boolean) => {
  const answers: (boolean | undefined)[] = []
  return (id) => (answers[id] ??= test(id))
}

/** Whether the topic lies in a branch, or matches a filter. */
export const topicTest = (test: TestOf<'below' | 'topic'>, names: FrameNames): MessageTest => {
  if (test.kind === 'below') return ofTopic((topic) => isWithinBranch(topic, test.topic), names)
  const { levels } = parseFilter(test.filter)
  return ofTopic((topic) => levelsMatchText(levels, topic), names)
}

/** Whether a text stands in topic or payload, or an expression matches one of them. */
export const textTest = (test: TestOf<'text' | 'regex'>, names: FrameNames): RangeTest =>
  test.kind === 'text' ? wordTest(test.text, names) : patternTest(test, names)

const wordTest = (text: string, names: FrameNames): RangeTest => {
  const needle = text.toLowerCase()
  const topicHasText = ofTopic((topic) => topic.toLowerCase().includes(needle), names)
  const scan = createPayloadScan(text)
  return (range) => {
    const nextInPayload = scan(range)
    return (index) => topicHasText(range.chunk, index) || nextInPayload(index) === index
  }
}

const patternTest = ({ pattern }: TestOf<'regex'>, names: FrameNames): RangeTest => {
  const regex = new RegExp(pattern.source, pattern.flags)
  const topicMatches = ofTopic((topic) => regex.test(topic), names)
  return ({ chunk }) =>
    (index) =>
      topicMatches(chunk, index) || regex.test(decodeUtf8(payloadAt(chunk, index)))
}

/** Asks once for each topic that has a number; of the others nothing is remembered. */
const ofTopic = (test: (topic: string) => boolean, names: FrameNames): MessageTest => {
  const ofNumber = remembered((id) => test(names.topicNames[id] ?? ''))
  return (chunk, index) => {
    const topicId = topicIdAt(chunk, index)
    return topicId < unnumberedTopic ? ofNumber(topicId) : test(topicAt(chunk, index, names))
  }
}
