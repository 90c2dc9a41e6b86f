import { workerAddress } from '../workerAddress'
import type { DecodedItem } from './decodeItems'
import { createPayloadDecoder, type DecodeThread, type PayloadDecoder } from './payloadDecoder'

/** Decodes on a thread of its own, which begins with the first payload. */
export const createThreadedDecoder = (): PayloadDecoder =>
  createPayloadDecoder({
    startThread: startWorker,
    later: (run, milliseconds) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  })

const startWorker = (): DecodeThread => {
  const worker = new Worker(workerAddress('decode'), { type: 'module' })
  return {
    post: (request) => worker.postMessage(request),
    listen: (answer, fail) => {
      worker.onmessage = ({ data }: MessageEvent<readonly DecodedItem[]>) => answer(data)
      worker.onerror = fail
      worker.onmessageerror = fail
    },
    end: () => worker.terminate(),
  }
}
