import type { JsonPath } from '#shared/json/jsonPath'
import { printJsonPath } from '#shared/json/jsonPath'
import { watchLimits, type Watch } from '#shared/model/watch'
import type { WatchedValue } from '../model/watch/watchedReading'
import { defineAppState } from './app'
import { noticesState } from './notices'

/** What is known of a watched value now. */
export interface WatchedNow {
  /** Null = no message had one there since the window began, or the log's memory. */
  readonly value: WatchedValue | null
  /** The latest message of the topic has no value at the path. */
  readonly isAbsent: boolean
  /** When the latest message came, on the steady clock; null = none did. */
  readonly at: number | null
  /** The same for messages that were published while we were subscribed. */
  readonly heardAt: number | null
  readonly sequence: number | null
  /** Its latest numbers, oldest first. */
  readonly numbers: readonly number[]
  /** By rule, in their order: whether it holds. */
  readonly holds: readonly boolean[]
}

/** Numbers of the small curve. */
export const mostNumbers = 60

export const nothingKnown: WatchedNow = {
  value: null,
  isAbsent: false,
  at: null,
  heardAt: null,
  sequence: null,
  numbers: [],
  holds: [],
}

export interface WatchedState {
  /** Of all connections, in their order. */
  readonly watches: readonly Watch[]
  /** By the watch's id; absent = nothing is known. */
  readonly now: ReadonlyMap<string, WatchedNow>
  /** By connection: the messages at which a rule began to hold. */
  readonly rang: ReadonlyMap<string, ReadonlySet<number>>
  /** By connection: topics of which a rule holds now. */
  readonly alarmed: ReadonlyMap<string, ReadonlySet<string>>
  /** Watches a value that is not watched yet, behind the others. */
  watch(wanted: WantedWatch): void
  put(watch: Watch): void
  /** Answers how to put it back where it stood. */
  remove(watchId: string): () => void
  know(changes: ReadonlyMap<string, WatchedNow>): void
  noteRing(connectionId: string, sequence: number): void
}

export interface WantedWatch {
  readonly connectionId: string
  readonly topic: string
  readonly path: JsonPath
}

type Alarmed = WatchedState['alarmed']

/** Messages that are remembered for their mark, of each connection. */
const mostRang = 1_000

/** Watched values of all connections, their rules, and what is known of them. */
export const watchedState = defineAppState<WatchedState>('watched', ({ owner: app, get, set }) => {
  const keep = (watches: readonly Watch[]) => {
    set(({ now, alarmed }) => ({ watches, alarmed: alarmedAmong({ watches, now, before: alarmed }) }))
    void app.api.invoke('watches.save', [...watches]).then((saved) => {
      if (!saved.ok) app.get(noticesState).showError(saved.error)
    })
  }
  return {
    watches: app.snapshot.watches,
    now: new Map(),
    rang: new Map(),
    alarmed: new Map(),
    watch: (wanted) => {
      const { watches } = get()
      if (findWatch(watches, wanted) || watches.length >= watchLimits.watches) return
      const { connectionId, topic, path } = wanted
      const watch = { id: crypto.randomUUID(), connectionId, topic, path: [...path], name: '', unit: '', rules: [] }
      keep([...watches, watch])
    },
    put: (watch) => keep(get().watches.map((one) => (one.id === watch.id ? watch : one))),
    remove: (watchId) => {
      const before = get().watches
      const place = before.findIndex(({ id }) => id === watchId)
      const removed = before[place]
      keep(before.filter(({ id }) => id !== watchId))
      return () => {
        const { watches } = get()
        if (removed && !watches.includes(removed)) keep(watches.toSpliced(place, 0, removed))
      }
    },
    know: (changes) =>
      set(({ watches, now: known, alarmed }) => {
        const now = new Map([...known, ...changes])
        return { now, alarmed: alarmedAmong({ watches, now, before: alarmed }) }
      }),
    noteRing: (connectionId, sequence) =>
      set(({ rang }) => {
        const sequences = [...(rang.get(connectionId) ?? []), sequence].slice(-mostRang)
        return { rang: new Map(rang).set(connectionId, new Set(sequences)) }
      }),
  }
})

/** The same map where nothing of it is different: each row of the tree reads it. */
const alarmedAmong = ({
  watches,
  now,
  before,
}: Pick<WatchedState, 'watches' | 'now'> & { before: Alarmed }): Alarmed => {
  const alarmed = new Map<string, Set<string>>()
  for (const { id, connectionId, topic } of watches) {
    if (!now.get(id)?.holds.includes(true)) continue
    const topics = alarmed.get(connectionId) ?? new Set()
    alarmed.set(connectionId, topics.add(topic))
  }
  const isSame =
    alarmed.size === before.size &&
    [...alarmed].every(([id, topics]) => {
      const known = before.get(id)
      return known?.size === topics.size && [...topics].every((topic) => known.has(topic))
    })
  return isSame ? before : alarmed
}

export const findWatch = (watches: readonly Watch[], { connectionId, topic, path }: WantedWatch): Watch | undefined =>
  watches.find(
    (one) =>
      one.connectionId === connectionId && one.topic === topic && printJsonPath(one.path) === printJsonPath(path),
  )

/** `plant/1/temperature`, or `plant/1 $.temp`; the name that a person gave goes before it. */
export const watchTitle = ({ name, topic, path }: Pick<Watch, 'name' | 'topic' | 'path'>): string =>
  name === '' ? `${topic}${path.length === 0 ? '' : ` ${printJsonPath(path)}`}` : name

/** Whether a rule began to hold at a message of a connection. */
export const selectRang =
  (connectionId: string, sequence: number | null) =>
  ({ rang }: WatchedState): boolean =>
    sequence !== null && (rang.get(connectionId)?.has(sequence) ?? false)

/** Whether a rule holds of what is watched of a topic. */
export const selectAlarmed =
  (connectionId: string, topic: string) =>
  ({ alarmed }: WatchedState): boolean =>
    alarmed.get(connectionId)?.has(topic) ?? false
