import type { MessageLog } from '../messageLog/messageLog'
import type { LogUpdate, SharedChunk } from './searchProtocol'

/** What came to a log and went from it, or all that is in it. */
export type LogChanges = Omit<LogUpdate, 'kind' | 'log' | 'ticket'>

/** Keeps somebody who follows a log up to date. */
export interface LogFeed {
  /** What came to the log and went from it since it was last asked. */
  changes(): LogChanges
  /** Whether more topics are untold than can be sent without delay. */
  isFarBehind(): boolean
  /** A number of a topic that was told before means another one. */
  rename(number: number, topic: string): void
  /** The next answer tells everything again, to somebody who knows nothing. */
  rewind(): void
}

const mostUntoldTopics = 8_192

export const createLogFeed = (log: MessageLog): LogFeed => {
  const { topicNames, matchSets } = log.names
  let endRow = 0
  let topics = 0
  let sets = 0
  let renamed: (readonly [number: number, topic: string])[] = []

  const changedChunks = (): SharedChunk[] => {
    const changed: SharedChunk[] = []
    for (let row = log.endRow() - 1; row >= endRow;) {
      const chunk = log.chunkAt(row)
      if (!chunk) break
      if (chunk.kind === 'messages') {
        const { firstRow, count, firstRecord, memory } = chunk
        const isKnown = firstRow < endRow
        changed.push({ firstRow, endRow: firstRow + count, firstRecord, memory: isKnown ? null : memory.bytes.buffer })
      }
      row = chunk.firstRow - 1
    }
    return changed.reverse()
  }

  const changes = () => {
    const change: LogChanges = {
      firstRow: log.firstKeptRow(),
      endRow: log.endRow(),
      chunks: changedChunks(),
      newTopics: topicNames.slice(topics),
      renamedTopics: renamed,
      newMatchSets: matchSets.slice(sets),
    }
    endRow = change.endRow
    topics = topicNames.length
    sets = matchSets.length
    renamed = []
    return change
  }
  return {
    changes,
    isFarBehind: () => topicNames.length - topics + renamed.length > mostUntoldTopics,
    rename: (number, topic) => {
      if (number < topics) renamed.push([number, topic])
    },
    rewind: () => {
      endRow = 0
      topics = 0
      sets = 0
      renamed = []
    },
  }
}
