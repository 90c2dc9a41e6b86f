/**
 * Packet identifiers of one session (MQTT 5 §2.2.1), shared by mqtt.js (SUBSCRIBE, UNSUBSCRIBE) and our publishing, so
 * that neither uses one the other still waits for. The methods are those mqtt.js asks of a `messageIdProvider`.
 */
export const createPacketIds = () => {
  const used = new Set<number>()
  const kept = new Set<number>()
  let last = 0

  const allocate = (): number | null => {
    for (let tries = 0; tries < 65_535; tries += 1) {
      last = last === 65_535 ? 1 : last + 1
      if (!used.has(last)) {
        used.add(last)
        return last
      }
    }
    return null
  }

  return {
    /** The next free one in order, from 1; null = all 65,535 are in use. */
    allocate,
    getLastAllocated: () => (last === 0 ? null : last),
    register: (id: number): boolean => {
      if (used.has(id)) return false
      used.add(id)
      return true
    },
    deallocate: (id: number) => {
      used.delete(id)
      kept.delete(id)
    },
    /** Called by mqtt.js when a connection begins: all are free but those of messages that are to be sent again. */
    clear: () => {
      used.clear()
      for (const id of kept) used.add(id)
    },
    /** Holds on to an identifier over connections (MQTT 5 §4.4). */
    keep: (id: number) => void kept.add(id),
  }
}
export type PacketIds = ReturnType<typeof createPacketIds>
