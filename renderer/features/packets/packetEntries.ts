import { packetHeadBytes, packetPage, type PacketEntry } from '#shared/model/packets'
import type { Connection } from '../../state/app'
import { placeOf } from '../../state/packetSource'

/** The entries that a list shows, with the beginning of their bytes; read from main as they come into view. */
export interface PacketEntries {
  /** Undefined = it is not here. */
  get(number: number): PacketEntry | undefined
  load(numbers: readonly number[]): void
  forget(): void
}

/** Entries that are held; those that are not in view are asked for again. */
const mostHeld = 20_000

export const createPacketEntries = (connection: Connection, onLoaded: () => void): PacketEntries => {
  const { gone } = connection
  const { api } = connection.app
  let entries = new Map<number, PacketEntry>()
  const asked = new Set<number>()
  const hold = (read: readonly PacketEntry[]) => {
    if (entries.size > mostHeld) entries = new Map()
    for (const entry of read) entries.set(entry.number, entry)
    onLoaded()
  }
  return {
    get: (number) => entries.get(number),
    load: (wanted) => {
      const numbers = wanted.filter((number) => !entries.has(number) && !asked.has(number)).slice(0, packetPage)
      if (numbers.length === 0) return
      for (const number of numbers) asked.add(number)
      const place = placeOf(connection)
      void api.invoke('packets.read', { ...place, numbers, mostBytes: packetHeadBytes }).then((result) => {
        for (const number of numbers) asked.delete(number)
        if (result.ok && !gone.aborted && place.of === placeOf(connection).of) hold(result.value)
      })
    },
    forget: () => (entries = new Map()),
  }
}
