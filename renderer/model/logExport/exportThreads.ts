import { workerAddress } from '../workerAddress'
import { createExportThread, type ExportAnswer, type ExportThread } from './exportThread'

/** Starts a thread for one export. */
export const startExportThread = (): ExportThread => {
  const worker = new Worker(workerAddress('export'), { type: 'module' })
  return createExportThread(
    (request) =>
      new Promise((resolve) => {
        const fail = (message: string) => resolve({ kind: 'failed', message })
        worker.onmessage = ({ data }: MessageEvent<ExportAnswer>) => resolve(data)
        worker.onerror = ({ message }) => fail(message)
        worker.onmessageerror = () => fail('An answer could not be read.')
        worker.postMessage(request)
      }),
    () => worker.terminate(),
  )
}
