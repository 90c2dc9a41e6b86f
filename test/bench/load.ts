import { fork } from 'node:child_process'
import { inRepo } from '../../build/lib/paths.mjs'
import { waitFor } from '../support/waitFor'

export interface Flood {
  /** Messages a second; 0 = as fast as the broker takes them. */
  readonly rate: number
  readonly count: number
  readonly topics: number
  /** Default 'plant/'. */
  readonly topicPrefix?: string
  /** Default 150. */
  readonly payloadBytes?: number
  readonly retain?: boolean
  /** Six characters that stand in every thousandth payload. */
  readonly marked?: string
}

export interface Sent {
  readonly sent: number
  readonly seconds: number
  /** When the first message left, in ms since 1970. */
  readonly startedAt: number
}

type Answer = { readonly id: number; readonly result: Sent } | { readonly id: number; readonly error: string }

/** The publisher's process, for a broker on 127.0.0.1. Jobs may overlap; each has a connection of its own. */
export const startPublisher = (port: number) => {
  const child = fork(inRepo('test', 'bench', 'publisher.mjs'))
  const waiting = new Map<number, (answer: Answer) => void>()
  let nextId = 1
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer))
  const ask = (job: object) =>
    new Promise<Sent>((resolve, reject) => {
      const id = nextId++
      waiting.set(id, (answer) => {
        if ('error' in answer) reject(new Error(answer.error))
        else resolve(answer.result)
      })
      child.send({ id, job: { ...job, port } })
    })
  return {
    flood: (flood: Flood) => ask({ kind: 'flood', topicPrefix: 'plant/', payloadBytes: 150, ...flood }),
    /** Publishes the time of sending at `topic`, `hertz` times a second. */
    probe: (topic: string, hertz: number, milliseconds: number) => ask({ kind: 'probe', topic, hertz, milliseconds }),
    stop: () => void child.kill(),
  }
}
export type Publisher = ReturnType<typeof startPublisher>

interface Count {
  readonly count: number
  /** When the first message and the last expected one came, in ms since 1970; 0 = not yet. */
  readonly firstAt: number
  readonly lastAt: number
  /** Its processor time so far. */
  readonly microseconds: number
}

/** The yardstick's process: a bare mqtt.js client subscribed to '#'. */
export const startCountingSubscriber = async (port: number, expected: number) => {
  const child = fork(inRepo('test', 'bench', 'countingSubscriber.mjs'), [String(port), String(expected)])
  let subscribed = false
  let latest: Count = { count: 0, firstAt: 0, lastAt: 0, microseconds: 0 }
  child.on('message', (message: Count | { readonly subscribed: true }) => {
    if ('subscribed' in message) subscribed = true
    else latest = message
  })
  await waitFor('the counting subscriber', () => subscribed)
  return {
    latest: () => latest,
    /** Waits until all expected messages came. */
    counted: () => waitFor(`${expected} messages`, () => (latest.count >= expected ? latest : null)),
    stop: () => void child.kill(),
  }
}

/** The yardstick for what is sent: a bare mqtt.js client in a process of its own. */
export const startBarePublisher = async (port: number) => {
  const child = fork(inRepo('test', 'bench', 'barePublisher.mjs'), [String(port)])
  let isReady = false
  let tell: (perSecond: number) => void = () => undefined
  child.on('message', (message: { readonly perSecond: number } | { readonly isReady: true }) => {
    if ('isReady' in message) isReady = true
    else tell(message.perSecond)
  })
  await waitFor('the bare publisher', () => isReady)
  return {
    /** Answers how many messages a second it was. */
    publish: (count: number, qos: 0 | 1 | 2) =>
      new Promise<number>((resolve) => {
        tell = resolve
        child.send({ count, qos })
      }),
    stop: () => void child.kill(),
  }
}

/** A device that answers requests: a bare mqtt.js client in a process of its own. */
export const startAnswerer = async (port: number, topic: string) => {
  const child = fork(inRepo('test', 'bench', 'answerer.mjs'), [String(port), topic])
  let isReady = false
  child.on('message', () => (isReady = true))
  await waitFor('the answerer', () => isReady)
  return { stop: () => void child.kill() }
}
