import { workerAddress } from '../workerAddress'
import type { CheckedText } from './checkText'
import { createSchemaChecker, type CheckThread, type SchemaChecker } from './schemaChecker'

/** Checks on a thread of its own, which begins with the first check. */
export const createThreadedChecker = (): SchemaChecker =>
  createSchemaChecker({
    startThread: startWorker,
    later: (run, milliseconds) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  })

const startWorker = (): CheckThread => {
  const worker = new Worker(workerAddress('schema'), { type: 'module' })
  return {
    check: (wanted, answer) => {
      worker.onmessage = ({ data }: MessageEvent<CheckedText>) => answer(data)
      // One that could not begin answers as one that goes on for ever.
      worker.onerror = () => answer({ outcome: 'stuck' })
      worker.postMessage(wanted)
    },
    end: () => worker.terminate(),
  }
}
