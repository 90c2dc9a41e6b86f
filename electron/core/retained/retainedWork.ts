import type { RetainedFate, RetainedWork } from '#shared/model/retained'
import type { AppError } from '#shared/result'
import { createRetainedLook, type LookManner } from './retainedLook'
import { createRetainedSender } from './retainedSender'
import type { RetainedMessage } from './retainedStore'
import { createWorkTally, type WorkItem } from './retainedTally'
import { openShortConnection, type ShortConnection, type ShortConnectionParts } from '../broker/session/shortConnection'

export interface WorkParts extends Omit<ShortConnectionParts, 'onMessage' | 'onLost'> {
  readonly kind: RetainedWork['kind']
  readonly items: readonly WorkItem[]
  /** Brings all of them. */
  readonly filter: string
  /** More than once for an item when the last look shows something else. `message` is as it was sent or cleared. */
  readonly onFate: (item: WorkItem, fate: RetainedFate, message: RetainedMessage) => void
  /** How long a cancel waits for the server. */
  readonly cancelWaitMs: number
}

/** Beyond this the filter is asked for: so many subscriptions are a burden to a broker. */
const mostTopicsAsked = 20_000
/** How many are looked at right before they are sent; to see that nothing is there takes a pause each time. */
const lookAtOnce = { clear: 512, undo: 5_000 } as const

/**
 * Clears messages, or puts them back: each is looked at right before it is sent, and again at the end, because MQTT
 * 3.1.1 acknowledges what it does not do and QoS 0 has no answer. What somebody retains between look and PUBLISH is
 * overwritten all the same: MQTT has no "only if". With MQTT 5 that time is one way to the server; before, it is that
 * of a batch.
 */
export interface RunningWork {
  state(): RetainedWork
  /** Sends no more messages and waits for the answers to those in flight, for `cancelWaitMs` at most. */
  cancel(): void
  /** Waits for nothing. */
  close(): void
}

export const startRetainedWork = (parts: WorkParts): RunningWork => {
  const { kind, items, now } = parts
  const tally = createWorkTally(kind, items, parts.onFate)
  const look = createRetainedLook(now)
  let connection: ShortConnection | null = null
  let stage: RetainedWork['stage'] = 'checking'
  let cancelled = false
  let error: AppError | null = null
  let timer: NodeJS.Timeout | undefined
  let byFilter = items.length > mostTopicsAsked

  const end = (reason: AppError | null) => {
    if (stage === 'ended') return
    stage = 'ended'
    error ??= reason
    clearTimeout(timer)
    tally.settle()
    void connection?.close()
  }
  const hasEnded = () => stage === 'ended'
  const mayGoOn = () => !cancelled && !hasEnded()

  /** False = it could not be looked at, and that is the end. */
  const lookAt = async (opened: ShortConnection, some: readonly WorkItem[], manner: LookManner): Promise<boolean> => {
    const filter = byFilter ? parts.filter : null
    const result = await look.at(opened, { messages: some.map(tally.messageOf), filter, manner })
    if (!result.ok && filter === null && result.error.code === 'subscribeRefused') {
      // A server that takes few subscriptions may well take the one it has had already.
      byFilter = true
      return lookAt(opened, some, manner === 'quick' ? 'patient' : manner)
    }
    if (!result.ok) end(result.error)
    return result.ok && !hasEnded()
  }

  const onRefused = (reason: AppError) => {
    error ??= reason
  }
  const sendAll = createRetainedSender({ kind, tally, look, now, mayGoOn, hasEnded, onRefused })

  const workThrough = async (opened: ShortConnection, some: readonly WorkItem[], manner: LookManner) => {
    stage = 'checking'
    if (!(await lookAt(opened, some, manner))) return
    stage = 'sending'
    const isThere = ({ message }: WorkItem) => look.of(message.topic) !== undefined
    await sendAll(opened, manner === 'quick' ? some.filter(isThere) : some)
  }
  const run = async (opened: ShortConnection) => {
    const manner = kind === 'undo' || byFilter ? 'patient' : 'quick'
    for (const some of chunksOf(items, byFilter ? items.length : lookAtOnce[kind]))
      if (mayGoOn()) await workThrough(opened, some, manner)
    // A message that did not come in time may only be late.
    const late = items.filter((item) => !tally.isTouched(item))
    if (mayGoOn() && late.length > 0) await workThrough(opened, late, 'patient')
    const sent = tally.allAnswered()
    if (!hasEnded() && sent.length > 0) {
      stage = 'verifying'
      if (!(await lookAt(opened, sent, 'last'))) return
      for (const item of sent) tally.verify(item, look.of(item.message.topic))
    }
    end(null)
  }
  void openShortConnection({ ...parts, onMessage: look.onMessage, onLost: end }).then((opened) => {
    if (!opened.ok) end(opened.error)
    else if (hasEnded()) void opened.value.close()
    else {
      connection = opened.value
      void run(connection)
    }
  })

  return {
    state: () => ({ kind, total: items.length, ...tally.state(), error, cancelled, stage }),
    cancel: () => {
      if (!mayGoOn()) return
      cancelled = true
      if (connection) timer = setTimeout(() => end(null), parts.cancelWaitMs)
      else end(null)
    },
    close: () => end(null),
  }
}

const chunksOf = (items: readonly WorkItem[], size: number): readonly (readonly WorkItem[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
