import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'

/** What a column says of a message, for a column that stands only once that is not the rule. */
export interface UniformRule {
  readonly of: (message: MessageView) => string | number | boolean
  /** What it says as a rule; absent = what it says of the first message that is shown. */
  readonly rule?: string | number | boolean
}

interface WatchedColumn {
  readonly id: string
  readonly uniform?: UniformRule
}

/** What was learned from the messages of a log that were shown. It only grows, so that no column comes and goes. */
export interface ColumnFacts {
  /** The message is shown. */
  note(message: MessageView): void
  /** The columns that have said something that is not their rule. The same set until there is another one. */
  differing(): ReadonlySet<string>
  /** The room of the longest topic, in characters of a monospaced face. */
  topicCharacters(): number
}

const known = new WeakMap<MessageLog, ColumnFacts>()

/** The facts of a log, which it keeps while another connection is looked at. */
export const columnFactsOf = (log: MessageLog, columns: readonly WatchedColumn[]): ColumnFacts => {
  const facts = known.get(log) ?? createColumnFacts(columns)
  known.set(log, facts)
  return facts
}

/** The topic column grows in such steps: it moves seldom. */
const topicStep = 4
/** More has no pane room for. */
const mostCharacters = 120

export const createColumnFacts = (columns: readonly WatchedColumn[]): ColumnFacts => {
  const rules = columns.flatMap(({ id, uniform }) => (uniform ? [{ id, of: uniform.of, rule: uniform.rule }] : []))
  let differing: ReadonlySet<string> = new Set()
  let characters = topicStep
  return {
    note: (message) => {
      for (const column of rules) {
        if (differing.has(column.id)) continue
        const said = column.of(message)
        column.rule ??= said
        if (said !== column.rule) differing = new Set([...differing, column.id])
      }
      if (message.topic.length * 2 <= characters) return
      const room = Math.min(roomOf(message.topic), mostCharacters)
      if (room > characters) characters = Math.ceil(room / topicStep) * topicStep
    },
    differing: () => differing,
    topicCharacters: () => characters,
  }
}

/** East Asian characters are twice as wide. */
const isWide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u

const roomOf = (topic: string): number => {
  let room = 0
  for (const character of topic.slice(0, mostCharacters)) room += isWide.test(character) || character.length > 1 ? 2 : 1
  return room
}
