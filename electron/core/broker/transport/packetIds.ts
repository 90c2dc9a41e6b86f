/**
 * Packet identifiers of one session (MQTT 5 §2.2.1), shared by SUBSCRIBE, UNSUBSCRIBE and our publishing, so that none
 * uses one that another still waits for.
 */
export interface PacketIds {
  /** The next free one in order, from 1; null = all 65,535 are in use. */
  allocate(): number | null
  /** The one that was allocated last; null = none was. */
  latest(): number | null
  /** Takes this one; false = it is in use. */
  take(id: number): boolean
  free(id: number): void
  /** A connection begins: all are free but those of messages that are to be sent again. */
  freeAllButKept(): void
  /** Holds on to an identifier over connections (MQTT 5 §4.4). */
  keep(id: number): void
}

export const createPacketIds = (): PacketIds => {
  const used = new Set<number>()
  const kept = new Set<number>()
  let last = 0
  const take = (id: number): boolean => {
    if (used.has(id)) return false
    used.add(id)
    return true
  }
  return {
    allocate: () => {
      for (let tries = 0; tries < 65_535; tries += 1) {
        last = last === 65_535 ? 1 : last + 1
        if (take(last)) return last
      }
      return null
    },
    latest: () => (last === 0 ? null : last),
    take,
    free: (id) => {
      used.delete(id)
      kept.delete(id)
    },
    freeAllButKept: () => {
      used.clear()
      for (const id of kept) used.add(id)
    },
    keep: (id) => void kept.add(id),
  }
}
