/**
 * Topic names and topic filters after MQTT 5 §4.7 and §4.8.2 (3.1.1 §4.7 says the same without shared subscriptions).
 */

export type TopicProblemCode =
  | 'empty'
  | 'nul'
  | 'tooLong'
  | 'hashNotLast'
  | 'hashNotAlone'
  | 'plusNotAlone'
  | 'shareNameMissing'
  | 'shareNameWildcard'
  | 'shareFilterMissing'
  | 'wildcardInTopic'

/** `level` is the zero-based level to blame and `column` the UTF-16 offset of the offending character. */
export interface TopicProblem {
  readonly code: TopicProblemCode
  readonly level: number
  readonly column: number
}

/** MQTT 5 §1.5.4: the length prefix of a string has two bytes. */
export const maximumTopicBytes = 65_535

export const levelsOf = (text: string): string[] => text.split('/')

/** Bytes of the UTF-8 form; a lone surrogate counts as its replacement character. */
export const utf8Length = (text: string): number => {
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      bytes += 4
      index++
    } else bytes += 3
  }
  return bytes
}

/** Why a text cannot be published to, or null. */
export const topicNameProblem = (topic: string): TopicProblem | null => {
  const problem = stringProblem(topic)
  if (problem) return problem
  const wildcard = topic.search(/[+#]/)
  if (wildcard < 0) return null
  return { code: 'wildcardInTopic', level: levelsOf(topic.slice(0, wildcard)).length - 1, column: wildcard }
}

export interface ParsedFilter {
  /** Share name of a shared subscription (§4.8.2), or null. */
  readonly shareName: string | null
  /** The filter that is matched against topics, without `$share/name/`. */
  readonly filter: string
  readonly levels: readonly string[]
}

const sharePrefix = '$share/'

/** Splits `$share/name/filter`. Shapes only; `topicFilterProblem` says whether it may be sent. */
export const parseFilter = (text: string): ParsedFilter => {
  if (!text.startsWith(sharePrefix)) return { shareName: null, filter: text, levels: levelsOf(text) }
  const slash = text.indexOf('/', sharePrefix.length)
  const shareName = text.slice(sharePrefix.length, slash < 0 ? undefined : slash)
  const filter = slash < 0 ? '' : text.slice(slash + 1)
  return { shareName, filter, levels: levelsOf(filter) }
}

/** Whether a valid filter is one of a shared subscription (§4.8.2). */
export const isSharedFilter = (filter: string): boolean => filter.startsWith(sharePrefix)

/** Why a text cannot be subscribed to, or null. */
export const topicFilterProblem = (filter: string): TopicProblem | null =>
  stringProblem(filter) ?? shareProblem(filter) ?? wildcardProblem(filter)

/** Whether a valid filter matches a topic name, both given as levels. */
export const levelsMatch = (filter: readonly string[], topic: readonly string[]): boolean => {
  // §4.7.2: a filter starting with a wildcard does not match topics beginning with $.
  if (topic[0]?.startsWith('$') && (filter[0] === '#' || filter[0] === '+')) return false
  for (const [index, level] of filter.entries()) {
    // §4.7.1.2: # stands for its parent level and any number of child levels.
    if (level === '#') return true
    if (index >= topic.length || (level !== '+' && level !== topic[index])) return false
  }
  return filter.length === topic.length
}

/**
 * As `levelsMatch` from a level on, for the rest of a topic as its text: `first` is the filter's level that its first
 * level is held against. Makes no levels of the text, of which a hostile topic has tens of thousands.
 */
export const levelsMatchText = (filter: readonly string[], text: string, first = 0): boolean => {
  if (first === 0 && text.startsWith('$') && (filter[0] === '#' || filter[0] === '+')) return false
  let start = 0
  for (let index = first; index < filter.length; index++) {
    const level = filter[index] ?? ''
    if (level === '#') return true
    if (start > text.length) return false
    const slash = text.indexOf('/', start)
    const end = slash < 0 ? text.length : slash
    if (level !== '+' && (level.length !== end - start || !text.startsWith(level, start))) return false
    start = end + 1
  }
  return start > text.length
}

/** Whether a valid filter, shared or not, matches a topic name. */
export const filterMatches = (filter: string, topic: string): boolean =>
  levelsMatch(parseFilter(filter).levels, levelsOf(topic))

const stringProblem = (text: string): TopicProblem | null => {
  if (text === '') return { code: 'empty', level: 0, column: 0 }
  const nul = text.indexOf('\0')
  if (nul >= 0) return { code: 'nul', level: levelsOf(text.slice(0, nul)).length - 1, column: nul }
  if (utf8Length(text) > maximumTopicBytes) return { code: 'tooLong', level: 0, column: 0 }
  return null
}

const shareProblem = (text: string): TopicProblem | null => {
  const { shareName, filter } = parseFilter(text)
  if (shareName === null) return text === '$share' ? { code: 'shareNameMissing', level: 0, column: text.length } : null
  if (shareName === '') return { code: 'shareNameMissing', level: 1, column: sharePrefix.length }
  const wildcard = shareName.search(/[+#]/)
  if (wildcard >= 0) return { code: 'shareNameWildcard', level: 1, column: sharePrefix.length + wildcard }
  return filter === '' ? { code: 'shareFilterMissing', level: 2, column: text.length } : null
}

const wildcardProblem = (text: string): TopicProblem | null => {
  const levels = levelsOf(text)
  let column = 0
  for (const [level, name] of levels.entries()) {
    const hash = name.indexOf('#')
    const plus = name.indexOf('+')
    if (hash >= 0 && name.length > 1) return { code: 'hashNotAlone', level, column: column + hash }
    if (plus >= 0 && name.length > 1) return { code: 'plusNotAlone', level, column: column + plus }
    if (hash >= 0 && level < levels.length - 1) return { code: 'hashNotLast', level, column: column + hash }
    column += name.length + 1
  }
  return null
}
