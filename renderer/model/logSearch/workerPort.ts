import type { SearchAnswer, SearchPort } from './searchProtocol'
import workerUrl from './searchWorker?worker&url'

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

/** The page's policy lets nothing become a script's address but what comes out of here: this one file. */
const workerAddress = (): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  if (!trustedTypes) return workerUrl
  const createScriptURL = (url: string) => {
    if (url !== workerUrl) throw new TypeError('Not the address of a worker of this application.')
    return url
  }
  return trustedTypes.createPolicy('topicscope-worker', { createScriptURL }).createScriptURL(workerUrl)
}

/** Starts the search on a thread of its own. */
export const createWorkerPort = (): SearchPort => {
  const worker = new Worker(workerAddress(), { type: 'module' })
  return {
    post: (request) => worker.postMessage(request),
    listen: (receive) => {
      worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => receive(data)
    },
  }
}
