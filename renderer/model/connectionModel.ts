// Why it is so: build/docs/decisions/55-a-clear-sets-log-and-tree-aside.md
import { earlierSession, type DeliveryUpdate, type Frame } from '#shared/model/frame'
import { isFrameSound } from '#shared/model/frameReader'
import { createLogFeed, type LogChanges } from './logSearch/logFeed'
import { noRules, type LogRules } from './logSearch/logRules'
import type { SearchPort } from './logSearch/searchProtocol'
import { createLogSearches, type LogSearch, type LogSearches } from './logSearch/logSearch'
import { createMainClock, type MainClock } from './mainClock'
import { createMessageLog, type LogLimits, type LogMemory, type MessageLog } from './messageLog/messageLog'
import { createSegmentPool, type SegmentPool } from './messageLog/segmentPool'
import { createSkippedMessages, type SkippedMessages } from './messageLog/skippedMessages'
import { createTopicIndex, type TopicIndex } from './topicIndex/topicIndex'
import { createSparkplugFeed, type SparkplugFeed } from './sparkplugFeed'
import { createMainTopics, createTopicNumbers, type MainTopics, type TopicNumbers } from './topicNumbers'

/** Counts of messages that the shown log does not have any more. */
interface EarlierCounts {
  readonly evicted: number
  readonly damaged: number
  readonly cleared: number
}

/** What a clear takes away as a whole, and its undo brings back as a whole. */
interface Contents {
  /** The numbers that log, search and tree have for topics. */
  readonly numbers: TopicNumbers
  /** Topics by these; a hole where a number is free. */
  readonly topicNames: TopicNumbers['names']
  readonly log: MessageLog
  readonly search: LogSearch
  readonly tree: TopicIndex
  readonly earlier: EarlierCounts
}

/**
 * What the window keeps of one connection's messages. Mutable and outside the store; a revision in the store says when.
 * After a clear, and after its undo, log, search and tree are others.
 */
export interface ConnectionModel extends Contents {
  /** Ids of the matching subscriptions by match set number. */
  readonly matchSets: (readonly string[])[]
  readonly skipped: SkippedMessages
  /** What all messages of Sparkplug said, whatever of them is still in the log. */
  readonly sparkplug: SparkplugFeed
  /** The main process's clock. */
  readonly clock: MainClock
  apply(frame: Frame): void
  /** Follows to the server's Session of this number, which may be told before its first message. */
  enterServerSession(serverSession: number): void
  applyDeliveries(updates: readonly DeliveryUpdate[]): void
  /** All that the log has now, for a thread that reads it. */
  snapshot(): LogSnapshot
  /** How payloads are read where fields of them are looked for, and which schemas they are held against. */
  setRules(rules: LogRules): void
  /** Empties log and tree. What was in them is set aside, and an earlier clear cannot be undone any more. */
  clear(): void
  /** Brings back what the latest clear took away, with everything that has come since; false = it is gone. */
  undoClear(): boolean
  /** Lets go of what was set aside; answers the newest message that was cleared, 0 = none. */
  forgetCleared(): number
  /** The connection is gone: its memory is given back, and nothing is to be applied any more. */
  close(): void
}

/** A log as it was at a moment: what is evicted afterwards can be read until it is let go. */
interface LogSnapshot {
  readonly log: LogChanges
  letGo(): void
}

/** With the newest message it held when it was cleared, 0 = none. */
interface SetAside extends Contents {
  readonly throughSequence: number
}

/** What the verbs below work on. */
interface HeldModel extends Contents {
  readonly matchSets: (readonly string[])[]
  readonly skipped: SkippedMessages
  readonly sparkplug: SparkplugFeed
  readonly clock: MainClock
  numbers: TopicNumbers
  topicNames: TopicNumbers['names']
  log: MessageLog
  search: LogSearch
  tree: TopicIndex
  earlier: EarlierCounts
  /** What the latest clear took away, for as long as it can be undone. It goes on taking what comes. */
  setAside: SetAside | null
  readonly main: MainTopics
  rules: LogRules
  /** `serverSession` of the latest frame or news; null = there was none yet. */
  serverSession: number | null
}

interface ModelParts {
  readonly limits: LogLimits
  readonly pool: SegmentPool
  readonly searchOf: LogSearches
  readonly clock: MainClock
}

type Names = Pick<HeldModel, 'main' | 'matchSets'>

/** What the logs of all connections hold, and the most they may. */
export interface LogSizes {
  readonly bytes: number
  readonly limitBytes: number
}

/** Makes the models of connections, which share memory, the search's thread, and the limits of the settings. */
export interface ConnectionModels {
  create(): ConnectionModel
  /** The main process's clock. */
  readonly clock: MainClock
  setBudget(limits: LogLimits): void
  memory(): LogSizes
}

type Clearing = Pick<ConnectionModel, 'clear' | 'undoClear' | 'forgetCleared'>

type FrameVerbs = Pick<ConnectionModel, 'apply' | 'enterServerSession' | 'applyDeliveries' | 'setRules'>

/** Logs are searched through the port. */
export const createConnectionModels = (
  initialLimits: LogLimits,
  port: SearchPort,
  clock = createMainClock(),
): ConnectionModels => {
  const models = new Set<HeldModel>()
  const pool = createSegmentPool()
  const searchOf = createLogSearches(port, pool)
  let limits = initialLimits
  const parts = () => ({ limits, pool, searchOf, clock })
  return {
    clock,
    create: () => {
      const model = createHeldModel(parts())
      models.add(model)
      const close = () => {
        forget(model)
        letGo(model)
        models.delete(model)
      }
      // One object, because a clear gives it another log, search and tree.
      return Object.assign(model, createClearing(model, parts), createFrameVerbs(model, parts), {
        snapshot: () => snapshotOf(model, pool),
        close,
      })
    },
    setBudget: (changed) => {
      limits = changed
      for (const model of models) {
        model.log.setBudget(changed)
        bound(model, limits)
      }
    },
    memory: () => ({
      bytes: [...models].reduce((total, { log, setAside }) => total + log.bytes() + (setAside?.log.bytes() ?? 0), 0),
      limitBytes: models.size * limits.bytes,
    }),
  }
}

const createContents = (
  { limits, pool, searchOf, clock }: ModelParts,
  { main, matchSets }: Names,
  earlier: EarlierCounts,
): Contents => {
  const memory: LogMemory = { take: pool.take, release: (released) => search.release(released) }
  const topicIdOf = (topic: string) => {
    const number = tree.find(topic)?.topicId ?? -1
    return number < 0 ? undefined : number
  }
  const onReuse = (number: number, topic: string) => search.renameTopic(number, topic)
  const numbers = createTopicNumbers({ main, numberInTree: topicIdOf, onReuse })
  const { names: topicNames } = numbers
  const onChange = () => search.follow()
  const log = createMessageLog({ topicNames, matchSets, limits, topicIdOf, memory, onChange })
  const search = searchOf(log)
  const tree = createTopicIndex({ topicNames, steadyNow: clock.now })
  return { numbers, topicNames, log, search, tree, earlier }
}

const createHeldModel = (parts: ModelParts): HeldModel => {
  const names: Names = { main: createMainTopics(), matchSets: [] }
  const nothingEarlier = { evicted: 0, damaged: 0, cleared: 0 }
  const contents = createContents(parts, names, nothingEarlier)
  const { clock } = parts
  const sparkplug = createSparkplugFeed(names.main.nameOf)
  return {
    ...names,
    ...contents,
    clock,
    skipped: createSkippedMessages(),
    sparkplug,
    setAside: null,
    rules: noRules,
    serverSession: null,
  }
}

const contentsOf = ({ numbers, topicNames, log, search, tree, earlier }: Contents): Contents => ({
  numbers,
  topicNames,
  log,
  search,
  tree,
  earlier,
})

const snapshotOf = ({ log }: HeldModel, pool: SegmentPool): LogSnapshot => {
  const changes = createLogFeed(log).changes()
  const memories = changes.chunks.flatMap(({ memory }) => memory ?? [])
  return { log: changes, letGo: pool.hold(memories) }
}

const letGo = ({ log, search }: Contents) => {
  log.clear()
  search.close()
}

/** What is shown, and what was set aside. */
const allContents = (model: HeldModel): Contents[] => (model.setAside ? [model, model.setAside] : [model])

/** With a new Session of the server the tree begins anew. The log stays, and with it the names of its topics. */
const followServerSession = (model: HeldModel, serverSession: number) => {
  const isFirst = model.serverSession === null
  if (model.serverSession === serverSession) return
  model.serverSession = serverSession
  if (isFirst) return
  model.sparkplug.enterServerSession()
  for (const { log, tree, numbers } of allContents(model)) {
    tree.clear()
    numbers.release(log.forgetLatest())
  }
}

/** A damaged frame gives its names, which later frames use, and a row of the log that counts its messages. */
const applyFrame = (model: HeldModel, frame: Frame) => {
  followServerSession(model, frame.serverSession)
  model.main.learn(frame)
  frame.newMatchSets.forEach((set, index) => (model.matchSets[frame.firstMatchSetId + index] = set))
  const isSound = isFrameSound(frame)
  // Before the log takes it: what a clear or an eviction takes away there was heard all the same.
  const isEarlier = frame.serverSession === earlierSession
  if (isSound && !isEarlier) model.sparkplug.apply(frame)
  else if (!isSound) model.sparkplug.refuse()
  for (const { numbers, tree, log } of allContents(model)) {
    if (isSound) {
      const translated = numbers.translated(frame)
      // The tree says how it is now; the log also how it was.
      if (!isEarlier) tree.apply(translated)
      log.append(translated)
    } else log.refuse(frame)
  }
}

/** The newest message of the log, 0 = none: what is still under way comes after it. */
const lastSequenceOf = (log: MessageLog): number => {
  for (let row = log.endRow() - 1; row >= log.firstKeptRow(); row -= 1) {
    const found = log.rowAt(row)
    if (found?.kind === 'message') return found.message.sequence
  }
  return 0
}

/** Both logs together stay within the budget: what was set aside makes room for what comes. */
const bound = ({ log, setAside }: HeldModel, limits: LogLimits) =>
  setAside?.log.setBudget({ ...limits, bytes: Math.max(0, limits.bytes - log.bytes()) })

const forget = (model: HeldModel): number => {
  const { setAside } = model
  if (!setAside) return 0
  letGo(setAside)
  model.setAside = null
  return setAside.throughSequence
}

const createClearing = (model: HeldModel, parts: () => ModelParts): Clearing => ({
  clear: () => {
    forget(model)
    const { log, earlier } = model
    model.setAside = { ...contentsOf(model), throughSequence: lastSequenceOf(log) }
    const counts = {
      evicted: earlier.evicted + log.evictedCount(),
      damaged: earlier.damaged + log.damagedCount(),
      cleared: earlier.cleared + log.keptCount(),
    }
    // What is set aside is not checked any more: each message is looked at once.
    model.search.setRules({ ...model.rules, checks: [] })
    Object.assign(model, createContents(parts(), model, counts))
    model.search.setRules(model.rules)
    bound(model, parts().limits)
  },
  undoClear: () => {
    const { setAside } = model
    if (!setAside) return false
    letGo(model)
    Object.assign(model, contentsOf(setAside))
    model.setAside = null
    model.search.setRules(model.rules)
    model.log.setBudget(parts().limits)
    return true
  },
  forgetCleared: () => forget(model),
})

const createFrameVerbs = (model: HeldModel, parts: () => ModelParts): FrameVerbs => ({
  apply: (frame) => {
    applyFrame(model, frame)
    bound(model, parts().limits)
  },
  enterServerSession: (serverSession) => followServerSession(model, serverSession),
  setRules: (rules) => {
    model.rules = rules
    model.search.setRules(rules)
    model.setAside?.search.setRules({ ...rules, checks: [] })
  },
  applyDeliveries: (updates) => {
    model.log.applyDeliveries(updates)
    model.setAside?.log.applyDeliveries(updates)
  },
})
