import type { Frame } from '#shared/model/frame'
import { isFrameSound } from '#shared/model/frameReader'
import { createLocalPort } from './logSearch/localPort'
import { createLogSearches, type LogSearch, type LogSearches } from './logSearch/logSearch'
import { createMainClock, type MainClock } from './mainClock'
import { createMessageLog, type LogLimits, type LogMemory, type MessageLog } from './messageLog/messageLog'
import { createSegmentPool, type SegmentPool } from './messageLog/segmentPool'
import { createSkippedMessages, type SkippedMessages } from './messageLog/skippedMessages'
import { createTopicIndex, type TopicIndex } from './topicIndex/topicIndex'
import { createMainTopics, createTopicNumbers, type MainTopics, type TopicNumbers } from './topicNumbers'

/** What the window keeps of one connection's messages. Mutable and outside the store; a revision in the store says when. */
export interface ConnectionModel {
  /** Topic by its number here; a hole where a number is free. */
  readonly topicNames: readonly (string | undefined)[]
  /** Ids of the matching subscriptions by match set number. */
  readonly matchSets: (readonly string[])[]
  readonly numbers: TopicNumbers
  readonly log: MessageLog
  readonly search: LogSearch
  readonly tree: TopicIndex
  readonly skipped: SkippedMessages
}

interface ModelParts {
  readonly main: MainTopics
  readonly limits: LogLimits
  readonly pool: SegmentPool
  readonly searchOf: LogSearches
  readonly clock: MainClock
}

const createConnectionModel = ({ main, limits, pool, searchOf, clock }: ModelParts): ConnectionModel => {
  const matchSets: (readonly string[])[] = []
  const memory: LogMemory = { take: pool.take, release: (released) => search.release(released) }
  const topicIdOf = (topic: string) => {
    const number = tree.find(topic)?.topicId ?? -1
    return number < 0 ? undefined : number
  }
  const numbers = createTopicNumbers({
    main,
    numberInTree: topicIdOf,
    onReuse: (number, topic) => search.renameTopic(number, topic),
  })
  const { names: topicNames } = numbers
  const onChange = () => search.follow()
  const log = createMessageLog({ topicNames, matchSets, limits, topicIdOf, memory, onChange })
  const search = searchOf(log)
  const tree = createTopicIndex({ topicNames, steadyNow: clock.now })
  return { topicNames, matchSets, numbers, log, search, tree, skipped: createSkippedMessages() }
}

/** A connection over all its sessions: its model, and what frames have to be read with. */
interface ModelEntry {
  readonly model: ConnectionModel
  readonly main: MainTopics
  /** As in frames; null = none came yet. */
  session: number | null
}

/** The topics begin anew with a session; the log stays, and with it the names of topics it has messages of. */
const followSession = (entry: ModelEntry, session: number) => {
  if (entry.session === session) return
  const isFirst = entry.session === null
  entry.session = session
  if (isFirst) return
  const { log, tree, numbers } = entry.model
  tree.clear()
  numbers.release(log.forgetLatest())
}

/** A damaged frame gives its names, which later frames use, and a row of the log that counts its messages. */
const applyFrame = (entry: ModelEntry, frame: Frame) => {
  const { main, model } = entry
  followSession(entry, frame.session)
  main.learn(frame)
  frame.newMatchSets.forEach((set, index) => (model.matchSets[frame.firstMatchSetId + index] = set))
  if (!isFrameSound(frame)) {
    model.log.refuse(frame)
    return
  }
  const translated = model.numbers.translated(frame)
  model.tree.apply(translated)
  model.log.append(translated)
}

/** What the logs of all connections hold, and the most they may. */
export interface LogSizes {
  readonly bytes: number
  readonly limitBytes: number
}

/** All connections' models; `of` makes one on first use. */
export interface ConnectionModels {
  of(connectionId: string): ConnectionModel
  /** The main process's clock. */
  readonly clock: MainClock
  /** Frames of a removed connection are dropped: they were under way, and their numbers mean nothing to a later session. */
  apply(frame: Frame): void
  /** The session a connection has come to, also where no message says so. */
  enterSession(connectionId: string, session: number): void
  /** Empties log and tree. Topics keep their numbers until the main process forgets them. */
  clear(connectionId: string): void
  remove(connectionId: string): void
  isRemoved(connectionId: string): boolean
  /** A removed connection is back with a new session, whose numbers start over. */
  readmit(connectionId: string): void
  setBudget(limits: LogLimits): void
  memory(): LogSizes
}

/** Logs are searched through the port; without one, on the caller's thread. */
export const createConnectionModels = (
  initialLimits: LogLimits,
  port = createLocalPort(),
  clock = createMainClock(),
): ConnectionModels => {
  const models = new Map<string, ModelEntry>()
  const removed = new Set<string>()
  const pool = createSegmentPool()
  const searchOf = createLogSearches(port, pool)
  let limits = initialLimits
  const entryOf = (connectionId: string): ModelEntry => {
    const known = models.get(connectionId)
    if (known) return known
    const main = createMainTopics()
    const made: ModelEntry = {
      main,
      model: createConnectionModel({ main, limits, pool, searchOf, clock }),
      session: null,
    }
    models.set(connectionId, made)
    return made
  }
  return {
    of: (connectionId) => entryOf(connectionId).model,
    clock,
    apply: (frame) => {
      if (!removed.has(frame.connectionId)) applyFrame(entryOf(frame.connectionId), frame)
    },
    enterSession: (connectionId, session) => {
      if (!removed.has(connectionId)) followSession(entryOf(connectionId), session)
    },
    clear: (connectionId) => {
      const { log, tree, numbers } = entryOf(connectionId).model
      log.clear()
      tree.clear()
      numbers.release(new Set())
    },
    remove: (connectionId) => {
      const model = models.get(connectionId)?.model
      model?.log.clear()
      model?.search.close()
      models.delete(connectionId)
      removed.add(connectionId)
    },
    isRemoved: (connectionId) => removed.has(connectionId),
    readmit: (connectionId) => void removed.delete(connectionId),
    setBudget: (changed) => {
      limits = changed
      for (const { model } of models.values()) model.log.setBudget(changed)
    },
    memory: () => ({
      bytes: [...models.values()].reduce((total, { model: { log } }) => total + log.bytes(), 0),
      limitBytes: models.size * limits.bytes,
    }),
  }
}
