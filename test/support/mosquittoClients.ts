import { spawn } from 'node:child_process'
import { runCommand, runOrThrow } from './runCommand'
import { waitFor } from './waitFor'

export interface ClientOptions {
  readonly port: number
  /** Default 127.0.0.1. */
  readonly host?: string
  readonly qos?: 0 | 1 | 2
  /** Default mqttv5. */
  readonly version?: 'mqttv31' | 'mqttv311' | 'mqttv5'
  readonly user?: { readonly name: string; readonly password: string }
  /** An authority's PEM file: speaks TLS. */
  readonly authority?: string
  /** Further arguments as mosquitto_pub and mosquitto_sub know them. */
  readonly arguments?: readonly string[]
}

export interface PublishOptions extends ClientOptions {
  readonly topic: string
  readonly payload: Uint8Array | string
  readonly retain?: boolean
}

export interface SubscribeOptions extends ClientOptions {
  readonly filters: readonly string[]
}

interface ReceivedMessage {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: number
  readonly retain: boolean
}

export interface MosquittoSubscriber {
  readonly received: () => readonly ReceivedMessage[]
  /** Everything received so far, once that is at least `count` messages. */
  readonly waitForMessages: (count: number) => Promise<readonly ReceivedMessage[]>
  readonly stop: () => Promise<void>
}

const clientArguments = (options: ClientOptions) => [
  '-h',
  options.host ?? '127.0.0.1',
  '-p',
  String(options.port),
  '-q',
  String(options.qos ?? 0),
  '-V',
  options.version ?? 'mqttv5',
  ...(options.user ? ['-u', options.user.name, '-P', options.user.password] : []),
  ...(options.authority ? ['--cafile', options.authority] : []),
  ...(options.arguments ?? []),
]

const publishArguments = (options: PublishOptions) => {
  const retain = options.retain ? ['-r'] : []
  // An empty payload has to be asked for: mosquitto_pub refuses an empty standard input.
  const source = options.payload.length > 0 ? '-s' : '-n'
  return [...clientArguments(options), '-t', options.topic, ...retain, source]
}

/** Publishes one message, its payload byte for byte. Resolves when the broker has acknowledged it (QoS 1 and 2). */
export const publishWithMosquitto = async (options: PublishOptions): Promise<void> => {
  await runOrThrow('mosquitto_pub', publishArguments(options), { stdin: options.payload })
}

/** Publishes what a file holds, byte for byte. */
export const publishFileWithMosquitto = async (
  options: ClientOptions & { readonly topic: string; readonly file: string },
): Promise<void> => {
  await runOrThrow('mosquitto_pub', [...clientArguments(options), '-t', options.topic, '-f', options.file])
}

/** Publishes each line as a message of its own, as fast as mosquitto_pub can. */
export const publishLinesWithMosquitto = async (
  options: ClientOptions & { readonly topic: string; readonly lines: readonly string[] },
): Promise<void> => {
  const args = [...clientArguments(options), '-t', options.topic, '-l']
  await runOrThrow('mosquitto_pub', args, { stdin: `${options.lines.join('\n')}\n` })
}

/** The same, for messages the broker refuses: answers how mosquitto_pub ended and what it said. */
export const tryPublishWithMosquitto = async (options: PublishOptions) => {
  const outcome = await runCommand('mosquitto_pub', publishArguments(options), { stdin: options.payload })
  return { exitCode: outcome.exitCode, said: `${outcome.stdout.toString()}${outcome.stderr}` }
}

export interface RequestOptions extends ClientOptions {
  readonly topic: string
  readonly payload: string
  readonly responseTopic: string
  /** How long it waits. */
  readonly waitSeconds?: number
}

/** Sends a request with mosquitto_rr; resolves with the payload of the answer, or rejects where none came in time. */
export const requestWithMosquitto = async (options: RequestOptions): Promise<Buffer> => {
  const waits = ['-e', options.responseTopic, '-N', '-W', String(options.waitSeconds ?? 60)]
  // With -s mosquitto_rr 2.0 sends nothing of its standard input.
  return runOrThrow('mosquitto_rr', [...clientArguments(options), '-t', options.topic, ...waits, '-m', options.payload])
}

// One line for each message; the payload is in hex, because it may hold any bytes, and the topic last, spaces and all.
const lineFormat = 'message %q %r %x %t'
const linePattern = /^message (\d) (\d) ([0-9a-f]*) (.*)$/

const readLine = (line: string): ReceivedMessage | null => {
  const [, qos, retain, payload = '', topic = ''] = linePattern.exec(line) ?? []
  if (qos === undefined) return null
  return { topic, payload: Buffer.from(payload, 'hex'), qos: Number(qos), retain: retain === '1' }
}

/** A running mosquitto_sub; resolves once the broker has acknowledged its subscription. */
export const subscribeWithMosquitto = async (options: SubscribeOptions): Promise<MosquittoSubscriber> => {
  const filters = options.filters.flatMap((filter) => ['-t', filter])
  const args = ['-oL', 'mosquitto_sub', '-d', ...clientArguments(options), ...filters, '-F', lineFormat]
  // With -d it says when it is subscribed; stdbuf makes it say so at once although nobody sits at a terminal.
  const child = spawn('stdbuf', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const killWithUs = () => child.kill()
  process.on('exit', killWithUs)
  const output = { rest: '', said: '' }
  const messages: ReceivedMessage[] = []
  const takeLine = (line: string) => {
    const message = readLine(line)
    if (message) messages.push(message)
    else output.said += `${line}\n`
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${output.rest}${text}`.split('\n')
    output.rest = lines.pop() ?? ''
    lines.forEach(takeLine)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.said += text))

  const stop = async () => {
    process.off('exit', killWithUs)
    child.kill()
    await ended
  }
  const waitForMessages = async (count: number) => {
    await waitFor(`mosquitto_sub to receive ${count} messages`, () => messages.length >= count)
    return [...messages]
  }
  const isSubscribed = () => {
    if (child.exitCode !== null) return true
    return output.said.includes('Subscribed (mid:')
  }
  await waitFor('mosquitto_sub to subscribe', isSubscribed)
  if (child.exitCode !== null) throw new Error(`mosquitto_sub ended with ${child.exitCode}: ${output.said}`)
  return { received: () => [...messages], waitForMessages, stop }
}

/**
 * What mosquitto_sub writes for the next message (or the retained one), byte for byte. Rejects when none came in
 * `waitSeconds` (default 10).
 */
export const receiveRawWithMosquitto = async (options: SubscribeOptions & { readonly waitSeconds?: number }) => {
  const filters = options.filters.flatMap((filter) => ['-t', filter])
  const once = ['-N', '-C', '1', '-W', String(options.waitSeconds ?? 10)]
  return runOrThrow('mosquitto_sub', [...clientArguments(options), ...filters, ...once])
}
