// Why it is so: build/docs/decisions/61-a-worker-filters-the-log.md
import { createSearchEngine } from './searchEngine'
import type { SearchRequest } from './searchProtocol'

/** The search's thread. A message to itself lets what waits come first, and costs less than a timer. */
const turns = new MessageChannel()
let next: (() => void) | null = null
turns.port1.onmessage = () => next?.()

const engine = createSearchEngine({
  answer: (answer) =>
    self.postMessage(answer, { transfer: answer.kind === 'found' ? [answer.older.buffer, answer.newer.buffer] : [] }),
  schedule: (run) => {
    next = run
    turns.port2.postMessage(null)
  },
  later: setTimeout,
  now: () => performance.now(),
})

self.onmessage = ({ data }: MessageEvent<SearchRequest>) => engine.handle(data)
