import { levelsMatch, levelsOf } from '#shared/mqtt/topicFilter'

export interface TopicRewrite {
  /** Which topics it is for. */
  readonly filter: string
  /** What they become: `$1` is what stood for the first wildcard of the filter, `$2` for the second. */
  readonly topic: string
}

/** The topic by the first rule whose filter matches, with the prefix in front. */
export const createTopicRewriter = (rewrites: readonly TopicRewrite[], prefix: string): ((topic: string) => string) => {
  const rules = rewrites.map(({ filter, topic }) => ({ filter: levelsOf(filter), topic }))
  return (topic) => {
    const levels = levelsOf(topic)
    const rule = rules.find(({ filter }) => levelsMatch(filter, levels))
    if (!rule) return prefix + topic
    const found = wildcardsOf(rule.filter, levels)
    return prefix + rule.topic.replace(/\$(\d)/g, (written, digit: string) => found[Number(digit) - 1] ?? written)
  }
}

const wildcardsOf = (filter: readonly string[], levels: readonly string[]): readonly string[] =>
  filter.flatMap((level, index) =>
    level === '+' ? [levels[index] ?? ''] : level === '#' ? [levels.slice(index).join('/')] : [],
  )
