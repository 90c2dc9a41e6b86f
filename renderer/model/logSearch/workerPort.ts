import { workerAddress } from '../workerAddress'
import type { SearchAnswer, SearchPort, SearchRequest } from './searchProtocol'

/** After so many failures of threads the search runs in the page: slower, but it runs. */
const mostFailures = 3

/** Starts the search on a thread of its own. */
export const createWorkerPort = (): SearchPort => {
  const address = workerAddress('search')
  let receive: (answer: SearchAnswer) => void = () => undefined
  let recover: () => void = () => undefined
  let failures = 0
  let local: SearchPort | null = null
  /** What is asked while the search of the page is loaded; null = it is not. */
  let waiting: SearchRequest[] | null = null

  const isInPage = () => local !== null || waiting !== null
  const goOnInPage = async () => {
    waiting = []
    // Hardly anybody ever needs it.
    const { createLocalPort } = await import('./localPort')
    local = createLocalPort()
    local.listen(receive)
    for (const request of waiting) local.post(request)
    waiting = null
  }
  const startWorker = (): Worker => {
    const started = new Worker(address, { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<SearchAnswer>) => {
      if (started === worker) receive(data)
    }
    const fail = () => {
      if (started !== worker || isInPage()) return
      failures += 1
      recover()
    }
    started.onerror = fail
    started.onmessageerror = fail
    return started
  }
  let worker = startWorker()

  return {
    post: (request) => {
      if (local) local.post(request)
      else if (waiting) waiting.push(request)
      else worker.postMessage(request)
    },
    listen: (listener) => {
      receive = listener
      local?.listen(listener)
    },
    restart: () => {
      if (local) return local.restart()
      if (waiting) {
        waiting.length = 0
        return
      }
      worker.terminate()
      if (failures < mostFailures) {
        worker = startWorker()
        return
      }
      void goOnInPage()
    },
    onFailure: (listener) => {
      recover = listener
    },
  }
}
