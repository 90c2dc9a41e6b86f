import { parentPort, workerData } from 'node:worker_threads'
import { createSandbox, type Sandbox, type SandboxInput, type SandboxOutcome } from './sandbox'
import { SandboxFault, type Fault } from './sandboxFault'

/** What the thread answers: once whether its text is a script, then each call in turn. */
export type ThreadAnswer =
  | { readonly kind: 'begun'; readonly fault: Fault | null }
  | { readonly kind: 'called'; readonly outcome: SandboxOutcome }

const answer = (told: ThreadAnswer) => parentPort?.postMessage(told)

/** The text of the script is the thread's data; each message to it is a call. */
const begin = async (text: string): Promise<Sandbox | null> => {
  try {
    const sandbox = await createSandbox(text)
    answer({ kind: 'begun', fault: null })
    return sandbox
  } catch (error) {
    if (!(error instanceof SandboxFault)) throw error
    answer({ kind: 'begun', fault: error.fault })
    return null
  }
}

const sandbox = begin(String(workerData))
parentPort?.on('message', (input: SandboxInput) => {
  void sandbox.then((begun) => {
    if (begun) answer({ kind: 'called', outcome: begun.call(input) })
  })
})
