import type { PacketEntry, PacketHandshake, PacketsStatus, PingTime } from '#shared/model/packets'
import type { Result } from '#shared/result'
import { parsePacketQuery, type PacketQuery } from '../../model/packets/packetQuery'
import { defineConnectionState, type Connection } from '../../state/app'
import { noticesState } from '../../state/notices'
import { packetSourceState, placeOf } from '../../state/packetSource'
import { createPacketEntries } from './packetEntries'
import { createPacketSearch, type FoundRows } from './packetSearch'

/** The packet that is looked at, with all that is kept of it. */
export interface OpenedPacket {
  readonly entry: PacketEntry
  readonly handshake: PacketHandshake | null
  readonly pings: readonly PingTime[]
}

interface PacketsState {
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
  /** Shows a packet; where a query may hide it, the query goes. */
  show(number: number): void
  choose(number: number | null): void
  load(numbers: readonly number[]): void
  /** Asks main what came since. */
  refresh(): Promise<void>
  switchTo(isOn: boolean): Promise<void>
  clear(): Promise<void>
}

export const packetsState = defineConnectionState<PacketsState>('packets', ({ owner, get, set }) => {
  const { app, gone } = owner
  const { api } = app
  const place = () => placeOf(owner)
  const entries = createPacketEntries(owner, () => set(({ loaded }) => ({ loaded: loaded + 1 })))
  const search = createPacketSearch(owner, (found) => set({ found }))
  let refreshing: Promise<void> | null = null

  const searchAnew = () => {
    search.begin(get().parsed.terms)
    void search.goOn(get().status?.last ?? 0)
  }
  const takeStatus = async () => {
    const asked = place()
    const result = await api.invoke('packets.status', asked)
    if (!result.ok || gone.aborted || asked.of !== place().of) return
    const { status: known } = get()
    const status = result.value
    if (known && isSame(known, status)) return
    set({ status })
    // What was cleared, or marked since, is read anew.
    if (!known || known.revision === status.revision) return search.goOn(status.last)
    entries.forget()
    searchAnew()
  }
  // What is shown of one source says nothing of the other.
  owner.watch(packetSourceState, ({ of }, before) => {
    if (of === before.of) return
    entries.forget()
    set({ status: null, found: null, chosen: null, opened: null })
    searchAnew()
    void get().refresh()
  })
  return {
    status: null,
    query: '',
    parsed: { terms: [], problem: null },
    found: null,
    loaded: 0,
    chosen: null,
    opened: null,
    entryOf: entries.get,
    load: entries.load,
    setQuery: (query) => {
      set({ query, parsed: parsePacketQuery(query, Date.now()) })
      searchAnew()
    },
    show: (number) => {
      if (get().query !== '') get().setQuery('')
      get().choose(number)
    },
    choose: (chosen) => {
      set({ chosen, ...(chosen === null ? { opened: null } : {}) })
      if (chosen === null) return
      void openedPacket(owner, chosen).then((opened) => {
        if (get().chosen === chosen && !gone.aborted) set({ opened })
      })
    },
    refresh: () => {
      refreshing ??= takeStatus().finally(() => (refreshing = null))
      return refreshing
    },
    switchTo: async (isOn) => {
      tellFailure(owner, await api.invoke('packets.switch', { ...place(), isOn }))
      await get().refresh()
    },
    clear: async () => {
      tellFailure(owner, await api.invoke('packets.clear', place()))
      set({ chosen: null, opened: null })
      await get().refresh()
    },
  }
})

/** As much of a packet as main keeps. */
const wholePacketBytes = 65_536

/** Null = it is not kept any more. */
const openedPacket = async (connection: Connection, number: number): Promise<OpenedPacket | null> => {
  const { api } = connection.app
  const place = placeOf(connection)
  const [read, handshake, pings] = await Promise.all([
    api.invoke('packets.read', { ...place, numbers: [number], mostBytes: wholePacketBytes }),
    api.invoke('packets.handshake', { ...place, number }),
    api.invoke('packets.pings', place),
  ])
  const entry = read.ok ? read.value[0] : undefined
  if (!entry) return null
  return { entry, handshake: handshake.ok ? handshake.value : null, pings: pings.ok ? pings.value : [] }
}

const isSame = (one: PacketsStatus, other: PacketsStatus): boolean =>
  one.last === other.last &&
  one.first === other.first &&
  one.revision === other.revision &&
  one.isOn === other.isOn &&
  one.dropped === other.dropped

const tellFailure = ({ app }: Connection, result: Result<unknown>): void => {
  if (!result.ok) app.get(noticesState).showError(result.error)
}
