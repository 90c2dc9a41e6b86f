import { topicAt, topicIdAt, type FrameNames, type MessageChunk } from '../messageLog/messageLogChunk'

/** Topics that are remembered where they have no number. */
const mostNamed = 10_000

/** What is found for the topic of a message, which is looked for once a topic. Numbers must mean the same for as long as it is used. */
export const createTopicMemo = <Found>(
  names: FrameNames,
  find: (topic: string) => Found,
): ((chunk: MessageChunk, index: number) => Found) => {
  const byNumber: ({ readonly found: Found } | undefined)[] = []
  const byName = new Map<string, { readonly found: Found }>()
  return (chunk, index) => {
    const number = topicIdAt(chunk, index)
    const isNumbered = names.topicNames[number] !== undefined
    const topic = isNumbered ? '' : topicAt(chunk, index, names)
    const known = isNumbered ? byNumber[number] : byName.get(topic)
    if (known) return known.found
    const found = { found: find(isNumbered ? topicAt(chunk, index, names) : topic) }
    if (isNumbered) byNumber[number] = found
    else {
      if (byName.size >= mostNamed) byName.clear()
      byName.set(topic, found)
    }
    return found.found
  }
}
