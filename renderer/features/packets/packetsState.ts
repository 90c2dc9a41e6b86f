import {
  packetHeadBytes,
  packetPage,
  type PacketEntry,
  type PacketHandshake,
  type PacketsStatus,
  type PingTime,
} from '#shared/model/packets'
import { parsePacketQuery, type PacketQuery } from '../../model/packets/packetQuery'
import { defineConnectionState, type Connection } from '../../state/app'
import { noticesState } from '../../state/notices'

/** What the query has found up to now. The numbers are appended to one list: it may have a million. */
interface FoundRows {
  readonly numbers: readonly number[]
  readonly count: number
  readonly isSearching: boolean
}

/** The packet that is looked at, with all that is kept of it. */
export interface OpenedPacket {
  readonly entry: PacketEntry
  readonly handshake: PacketHandshake | null
  readonly pings: readonly PingTime[]
}

export interface PacketsState {
  /** Null = main has not been asked yet. */
  readonly status: PacketsStatus | null
  readonly query: string
  readonly parsed: PacketQuery
  /** Null = every entry is shown. */
  readonly found: FoundRows | null
  /** Goes up when entries were read. */
  readonly loaded: number
  readonly chosen: number | null
  readonly opened: OpenedPacket | null
  /** The row of the list; undefined = it is not here yet, see `load`. */
  entryOf(number: number): PacketEntry | undefined
  setQuery(query: string): void
  /** Shows a packet; where the query hides it, the query goes. */
  show(number: number): void
  choose(number: number | null): void
  load(numbers: readonly number[]): void
  /** Asks main what came since. */
  refresh(): Promise<void>
  switchTo(isOn: boolean): Promise<void>
  clear(): Promise<void>
}

/** Entries that are held for the list; those that are not in view are asked for again. */
const mostHeld = 20_000
const wholePacketBytes = 65_536

const noQuery: PacketQuery = { terms: [], problem: null }

export const packetsState = defineConnectionState<PacketsState>('packets', ({ owner, get, set }) => {
  const { id: connectionId, app, gone } = owner
  const { api } = app
  let entries = new Map<number, PacketEntry>()
  const asked = new Set<number>()
  let numbers: number[] = []
  let nextToSearch = 1
  /** A newer query ends the search of an older one. */
  let search = 0
  let refreshing: Promise<void> | null = null

  const hold = (read: readonly PacketEntry[]) => {
    if (entries.size > mostHeld) entries = new Map()
    for (const entry of read) entries.set(entry.number, entry)
    set(({ loaded }) => ({ loaded: loaded + 1 }))
  }
  const searchOn = async (status: PacketsStatus) => {
    const run = search
    const { terms } = get().parsed
    const isOver = () => run !== search || gone.aborted
    while (terms.length > 0 && nextToSearch <= status.last) {
      const result = await api.invoke('packets.find', { connectionId, terms: [...terms], from: nextToSearch })
      if (isOver()) return
      if (!result.ok) break
      const { next } = result.value
      for (const number of result.value.numbers) numbers.push(number)
      nextToSearch = next
      set({ found: { numbers, count: numbers.length, isSearching: next <= status.last } })
    }
    if (!isOver() && terms.length > 0) set({ found: { numbers, count: numbers.length, isSearching: false } })
  }
  const beginSearch = () => {
    search += 1
    numbers = []
    nextToSearch = 1
    const isAsked = get().parsed.terms.length > 0
    set({ found: isAsked ? { numbers, count: 0, isSearching: true } : null })
    const { status } = get()
    if (status && isAsked) void searchOn(status)
  }
  const forget = () => {
    entries = new Map()
    beginSearch()
  }
  const takeStatus = async () => {
    const result = await api.invoke('packets.status', { connectionId })
    if (!result.ok || gone.aborted) return
    const status = result.value
    const { status: known } = get()
    if (known && isSame(known, status)) return
    set({ status })
    // What was cleared, or marked since, is read anew.
    if (known && known.revision !== status.revision) forget()
    else await searchOn(status)
  }
  const open = async (number: number) => {
    const [read, handshake, pings] = await Promise.all([
      api.invoke('packets.read', { connectionId, numbers: [number], mostBytes: wholePacketBytes }),
      api.invoke('packets.handshake', { connectionId, number }),
      api.invoke('packets.pings', { connectionId }),
    ])
    if (get().chosen !== number || gone.aborted) return
    const entry = read.ok ? read.value[0] : undefined
    const opened = entry && {
      entry,
      handshake: handshake.ok ? handshake.value : null,
      pings: pings.ok ? pings.value : [],
    }
    set({ opened: opened ?? null })
  }
  return {
    status: null,
    query: '',
    parsed: noQuery,
    found: null,
    loaded: 0,
    chosen: null,
    opened: null,
    entryOf: (number) => entries.get(number),
    setQuery: (query) => {
      set({ query, parsed: parsePacketQuery(query, Date.now()) })
      beginSearch()
    },
    show: (number) => {
      if (get().query !== '') get().setQuery('')
      get().choose(number)
    },
    choose: (chosen) => {
      set({ chosen, ...(chosen === null ? { opened: null } : {}) })
      if (chosen !== null) void open(chosen)
    },
    load: (wanted) => {
      const missing = wanted.filter((number) => !entries.has(number) && !asked.has(number)).slice(0, packetPage)
      if (missing.length === 0) return
      for (const number of missing) asked.add(number)
      void api.invoke('packets.read', { connectionId, numbers: missing, mostBytes: packetHeadBytes }).then((result) => {
        for (const number of missing) asked.delete(number)
        if (result.ok && !gone.aborted) hold(result.value)
      })
    },
    refresh: () => {
      refreshing ??= takeStatus().finally(() => (refreshing = null))
      return refreshing
    },
    switchTo: async (isOn) => {
      tell(owner, await api.invoke('packets.switch', { connectionId, isOn }))
      await get().refresh()
    },
    clear: async () => {
      tell(owner, await api.invoke('packets.clear', { connectionId }))
      set({ chosen: null, opened: null })
      await get().refresh()
    },
  }
})

const isSame = (one: PacketsStatus, other: PacketsStatus): boolean =>
  one.last === other.last &&
  one.first === other.first &&
  one.revision === other.revision &&
  one.isOn === other.isOn &&
  one.dropped === other.dropped

type Answer = Awaited<ReturnType<Connection['app']['api']['invoke']>>

const tell = ({ app }: Connection, result: Answer): void => {
  if (!result.ok) app.get(noticesState).showError(result.error)
}
