import { spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { findFreePort } from './freePort'
import { createTemporaryFolder } from './temporaryFolder'
import { waitFor } from './waitFor'

/** A proxy that runs until it is stopped. */
export interface RunningProxy {
  readonly port: number
  /** What it wrote so far: an independent witness of what went through it. */
  readonly log: () => string
  readonly stop: () => Promise<void>
}

const takesConnections = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const runProxy = async (
  command: string,
  args: readonly string[],
  { port, remove }: { readonly port: number; readonly remove: () => void },
): Promise<RunningProxy> => {
  let log = ''
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const killWithUs = () => child.kill('SIGKILL')
  process.on('exit', killWithUs)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (log += bytes.toString()))
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', (error) => {
      log += error.message
      resolve()
    })
  })
  const stop = async () => {
    process.off('exit', killWithUs)
    child.kill('SIGKILL')
    await ended
    remove()
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  await waitFor(`${command} to start`, async () => hasEnded() || (await takesConnections(port)))
  if (hasEnded()) throw new Error(`${command} did not start:\n${log}`)
  return { port, log: () => log, stop }
}

/** Tinyproxy on a free port; with a user it wants that one, with ports it connects to those alone. */
export const startTinyproxy = async (
  options: { readonly user?: readonly [name: string, password: string]; readonly ports?: readonly number[] } = {},
): Promise<RunningProxy> => {
  const folder = createTemporaryFolder('tinyproxy')
  const port = await findFreePort()
  const file = join(folder.path, 'tinyproxy.conf')
  const lines = [
    `Port ${port}`,
    'Listen 127.0.0.1',
    'Timeout 600',
    'LogLevel Connect',
    ...(options.user ? [`BasicAuth ${options.user.join(' ')}`] : []),
    ...(options.ports ?? []).map((allowed) => `ConnectPort ${allowed}`),
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  return runProxy('tinyproxy', ['-d', '-c', file], { port, remove: folder.remove })
}

/**
 * Dante's SOCKS server on a free port; `method` says whether it wants a user of this system (as root `root` with no password that
 * is known, so that signing in fails), `blocked` ports are forbidden by its rules.
 */
export const startDante = async (
  options: { readonly method?: 'none' | 'username'; readonly blocked?: number } = {},
): Promise<RunningProxy> => {
  const folder = createTemporaryFolder('dante')
  // Its children run as another user and read the file again.
  chmodSync(folder.path, 0o755)
  const port = await findFreePort()
  const file = join(folder.path, 'danted.conf')
  const lines = [
    'logoutput: stderr',
    `internal: 127.0.0.1 port = ${port}`,
    'external: lo',
    `socksmethod: ${options.method ?? 'none'}`,
    'clientmethod: none',
    'user.privileged: root',
    'user.unprivileged: nobody',
    'client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }',
    ...(options.blocked === undefined
      ? []
      : [`socks block { from: 0.0.0.0/0 to: 0.0.0.0/0 port = ${options.blocked} }`]),
    'socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 log: connect }',
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  return runProxy('danted', ['-f', file], { port, remove: folder.remove })
}
