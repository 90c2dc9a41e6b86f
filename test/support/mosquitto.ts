import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { getCertificates } from './certificates'
import { findFreePort } from './freePort'
import { writeMosquittoConfig } from './mosquittoConfig'
import type { ListenerKind, MosquittoOptions } from './mosquittoConfig'
import { createTemporaryFolder } from './temporaryFolder'
import { waitFor } from './waitFor'

export type { ListenerKind, MosquittoOptions } from './mosquittoConfig'

export interface Mosquitto {
  readonly host: '127.0.0.1'
  /** The port of a kind of listener that was asked for; default 'tcp'. */
  readonly port: (kind?: ListenerKind) => number
  /** Everything the broker logged so far, over restarts too. */
  readonly log: () => string
  /** The bytes of the broker's database, which it replaces a moment after each change; empty without persistence. */
  readonly savedData: () => Buffer
  /** Ends the process and waits for that: SIGTERM says goodbye to clients, SIGKILL does not. */
  readonly halt: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** Starts it again on the same ports, and waits until it takes connections. */
  readonly start: () => Promise<void>
  readonly restart: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** 'SIGSTOP' freezes the process, so that connections stay open and silent; 'SIGCONT' wakes it, 'SIGUSR1' saves. */
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR1') => void
  /** The end: process and files are gone. */
  readonly stop: () => Promise<void>
}

// Debian puts the broker where only root's PATH looks.
const binaryFolders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']

const findBinary = () => {
  const found = binaryFolders.map((folder) => join(folder, 'mosquitto')).find((path) => existsSync(path))
  if (found) return found
  throw new Error('mosquitto is not installed: apt-get install mosquitto mosquitto-clients')
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

const readSavedData = (folder: string) => {
  const file = join(folder, 'mosquitto.db')
  return existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
}

/** One mosquitto process at a time from one configuration. */
const createProcess = (configFile: string, ports: readonly number[]) => {
  let child: ChildProcess | null = null
  let log = ''

  const isReady = async (startedAt: number) => {
    if (!/mosquitto version .* running/.test(log.slice(startedAt))) return false
    const open = await Promise.all(ports.map(takesConnections))
    return open.every(Boolean)
  }

  const start = async () => {
    if (child) throw new Error('This mosquitto runs already.')
    const startedAt = log.length
    const started = spawn(findBinary(), ['-c', configFile], { stdio: ['ignore', 'ignore', 'pipe'] })
    child = started
    started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')))
    const hasEnded = () => started.exitCode !== null || started.signalCode !== null
    await waitFor('mosquitto to start', async () => hasEnded() || (await isReady(startedAt)))
    if (!hasEnded()) return
    child = null
    throw new Error(`mosquitto did not start:\n${log.slice(startedAt)}`)
  }

  const halt = async (signal: NodeJS.Signals) => {
    const running = child
    child = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('close', resolve))
    running.kill('SIGCONT')
    running.kill(signal)
    await ended
  }

  return { start, halt, log: () => log, kill: (signal: NodeJS.Signals) => void child?.kill(signal) }
}

const choosePorts = async (kinds: readonly ListenerKind[]) => {
  const ports = new Map<ListenerKind, number>()
  // mosquitto 2.0.11 does not start with WebSocket listeners only.
  const needsTcp = !kinds.includes('tcp') && !kinds.includes('tls')
  for (const kind of needsTcp ? [...kinds, 'tcp' as const] : kinds) ports.set(kind, await findFreePort())
  return ports
}

/**
 * A real mosquitto on free ports of 127.0.0.1, ready to take connections. It logs to `log()`; rejects with that log
 * when the configuration does not work.
 */
export const startMosquitto = async (options: MosquittoOptions = {}): Promise<Mosquitto> => {
  const folder = createTemporaryFolder('mosquitto')
  const ports = await choosePorts(options.listeners ?? ['tcp'])
  const certificates = await getCertificates()
  const broker = createProcess(writeMosquittoConfig(folder.path, ports, { options, certificates }), [...ports.values()])
  const killWithUs = () => broker.kill('SIGKILL')
  process.on('exit', killWithUs)

  const halt: Mosquitto['halt'] = (signal = 'SIGTERM') => broker.halt(signal)
  const stop = async () => {
    process.off('exit', killWithUs)
    await halt('SIGKILL')
    folder.remove()
  }
  const restart: Mosquitto['restart'] = async (signal) => {
    await halt(signal)
    await broker.start()
  }
  const port: Mosquitto['port'] = (kind = 'tcp') => {
    const found = ports.get(kind)
    if (found !== undefined) return found
    throw new Error(`This mosquitto was started without a listener of kind ${kind}.`)
  }

  await broker.start().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const { log, start, kill: signal } = broker
  return {
    host: '127.0.0.1',
    port,
    log,
    savedData: () => readSavedData(folder.path),
    halt,
    start,
    restart,
    signal,
    stop,
  }
}
