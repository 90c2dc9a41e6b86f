/** Characters of a topic, of which one may have 65,535: with every key all topics are looked through. */
const lookedThrough = 1_000

/**
 * Topics to offer for what was typed so far: those that start with it, then those that contain it, each in the order they
 * were first seen. The text itself is not offered. Letters match whatever their case.
 */
export const suggestTopics = (
  topics: readonly (string | undefined)[],
  typed: string,
  limit: number,
): readonly string[] => {
  const wanted = typed.toLowerCase()
  const starting: string[] = []
  const containing: string[] = []
  for (const topic of topics) {
    if (topic === undefined || topic === typed || topic === '') continue
    const at = topic.slice(0, lookedThrough).toLowerCase().indexOf(wanted)
    if (at === 0) starting.push(topic)
    else if (at > 0 && containing.length < limit) containing.push(topic)
    if (starting.length >= limit) break
  }
  return [...starting, ...containing].slice(0, limit)
}
