import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

export interface VirtualScreen {
  /** What DISPLAY has to be. */
  readonly display: string
  readonly stop: () => void
}

/** A screen that nobody sees and no other window is on, so that windows do not take the focus from each other. */
export const startVirtualScreen = async (size: string): Promise<VirtualScreen> => {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  // It also says which numbers others have, so what it says is shown only when it fails.
  let said = ''
  server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const stop = () => {
    process.off('exit', stop)
    server.kill()
  }
  process.on('exit', stop)
  const display = await new Promise<string>((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(new Error(`no screen for the tests: ${message}. "npm test" installs Xvfb.`)),
    )
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${String(code)}: ${said}`)))
    createInterface(server.stdio[3] as Readable).once('line', (number) => resolve(`:${number}`))
  })
  return { display, stop }
}
