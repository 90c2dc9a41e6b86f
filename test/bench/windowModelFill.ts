// What a window keeps of topics, in a process of its own without a window: windowMemory.bench.ts bundles it, and starts it
// with --expose-gc in Electron's Node, whose numbers and pointers are as large as the page's.
import { deserialize, serialize } from 'node:v8'
import { createLocalPort } from '../../renderer/model/logSearch/localPort'
import { createConnectionModels } from '../../renderer/model/connectionModel'
import type { TopicSort } from '../../renderer/model/topicIndex/topicIndexNode'
import { frameOfMessages } from '../../renderer/model/messageLog/messageLogTesting'

const [topicsText = '200000', roundsText = '1'] = process.argv.slice(2)
const topics = Number(topicsText)
const rounds = Number(roundsText)

const topicsOfFrame = 5_000
const payload = 'x'.repeat(100)
/** Rounds are so many seconds apart, as values of devices are. */
const secondsOfRound = 7
const start = 1_750_000_000_000

/** Names as they come from another process: flat, and nobody else's. */
const namesFrom = (first: number, count: number): string[] =>
  deserialize(
    serialize(Array.from({ length: count }, (_, at) => `plant/${(first + at) % 100}/${first + at}`)),
  ) as string[]

const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined)

const usedBytes = (): number => {
  for (let time = 0; time < 4; time++) collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const models = createConnectionModels({ bytes: 2 ** 32, rows: null }, createLocalPort())
const model = models.create()

let sequence = 1
const send = (round: number) => {
  for (let first = 0; first < topics; first += topicsOfFrame) {
    const count = Math.min(topicsOfFrame, topics - first)
    const time = start + round * secondsOfRound * 1_000 + Math.floor((first * 1_000) / topics)
    const messages = Array.from({ length: count }, (_, at) => ({ topicId: first + at, payload, time }))
    const names = round === 0 ? { firstTopicId: first, newTopics: namesFrom(first, count) } : { firstTopicId: topics }
    model.apply(frameOfMessages(sequence, messages, { ...names, firstMatchSetId: 0, newMatchSets: [['s']] }))
    sequence += count
  }
}

/** Calls until nothing is pending, and how long the longest of them took. */
const longestCall = (call: () => boolean) => {
  // What earlier calls left is not collected in this one.
  collect()
  let longest = 0
  let calls = 0
  for (let pending = true; pending; calls++) {
    const from = performance.now()
    const cpu = process.cpuUsage()
    pending = call()
    const { user, system } = process.cpuUsage(cpu)
    // What other programs do in between counts in neither, and what this one collects beside the call in the first only.
    longest = Math.max(longest, Math.min(performance.now() - from, (user + system) / 1_000))
  }
  return { longest: Math.round(longest * 10) / 10, calls }
}

const everything = { has: () => true }
const rowsBy = (sort: TopicSort, search = '') => {
  const at = start + rounds * secondsOfRound * 1_000
  const sums = sort === 'rate' ? longestCall(() => model.tree.sumUpTraffic(at)) : null
  const rows = longestCall(() => model.tree.visibleRows({ expanded: everything, sort, search, at }).pending)
  return { rows, ...(sums && { sums }) }
}

// The first messages pay for what is there once.
const empty = usedBytes()
const frames: number[] = []
for (let round = 0; round < rounds; round++) {
  const from = process.cpuUsage().user
  send(round)
  frames.push(process.cpuUsage().user - from)
}
const full = usedBytes()
const logBytes = model.log.bytes()
const opened = rowsBy('name')
const searched = rowsBy('name', `/${topics - 1}`)
const sorted = { count: rowsBy('count'), rate: rowsBy('rate'), p95: rowsBy('p95') }
console.log(
  JSON.stringify({
    topics,
    rounds,
    bytes: full - empty,
    logBytes,
    shown: usedBytes() - empty,
    microseconds: frames.map((cpu) => Math.round((cpu / topics) * 100) / 100),
    longest: { opened, searched, sorted },
  }),
)
