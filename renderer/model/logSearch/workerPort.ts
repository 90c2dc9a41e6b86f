import { workerAddress } from '../workerAddress'
import { createLocalPort } from './localPort'
import type { SearchAnswer, SearchPort } from './searchProtocol'

/** After so many failures of threads the search runs in the page: slower, but it runs. */
const mostFailures = 3

/** Starts the search on a thread of its own. */
export const createWorkerPort = (): SearchPort => {
  const address = workerAddress('search')
  let receive: (answer: SearchAnswer) => void = () => undefined
  let recover: () => void = () => undefined
  let failures = 0
  let local: SearchPort | null = null

  const startWorker = (): Worker => {
    const started = new Worker(address, { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<SearchAnswer>) => {
      if (started === worker) receive(data)
    }
    const fail = () => {
      if (started !== worker || local) return
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
      else worker.postMessage(request)
    },
    listen: (listener) => {
      receive = listener
      local?.listen(listener)
    },
    restart: () => {
      if (local) return local.restart()
      worker.terminate()
      if (failures < mostFailures) {
        worker = startWorker()
        return
      }
      local = createLocalPort()
      local.listen(receive)
    },
    onFailure: (listener) => {
      recover = listener
    },
  }
}
