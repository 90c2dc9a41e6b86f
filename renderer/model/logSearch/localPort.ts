import { createSearchEngine } from './searchEngine'
import type { SearchAnswer, SearchPort } from './searchProtocol'

/** The search on the caller's thread: every request is answered in full before `post` returns. */
export const createLocalPort = (): SearchPort => {
  const waiting: (() => void)[] = []
  let receive: (answer: SearchAnswer) => void = () => undefined
  const createEngine = () =>
    createSearchEngine({
      answer: (answer) => receive(answer),
      schedule: (run) => waiting.push(run),
      later: (run) => waiting.push(run),
      now: () => performance.now(),
    })
  let engine = createEngine()
  return {
    post: (request) => {
      engine.handle(request)
      for (let run = waiting.shift(); run; run = waiting.shift()) run()
    },
    listen: (listener) => {
      receive = listener
    },
    restart: () => {
      waiting.length = 0
      engine = createEngine()
    },
    onFailure: () => undefined,
  }
}
