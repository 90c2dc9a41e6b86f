/** Filters whose SUBSCRIBE may make a server end the connection, judged by what it was sent before it did. */
export interface SuspectFilters {
  isSuspect(filter: string): boolean
  /** The server closed on it twice: it is held back until a person wants it sent, or wants it no longer. */
  isClosing(filter: string): boolean
  hasSuspects(): boolean
  suspect(filter: string): void
  /** The server answered it. */
  clearOf(filter: string): void
  /** The server closed on it again. */
  holdFromNow(filter: string): void
  /** Forgets those that are wanted no longer. */
  keepOnly(wanted: ReadonlyMap<string, unknown>): void
  /** Another server may take them. */
  clear(): void
}

export const createSuspectFilters = (): SuspectFilters => {
  const suspects = new Set<string>()
  const closing = new Set<string>()
  return {
    isSuspect: (filter) => suspects.has(filter),
    isClosing: (filter) => closing.has(filter),
    hasSuspects: () => suspects.size > 0,
    suspect: (filter) => void suspects.add(filter),
    clearOf: (filter) => void suspects.delete(filter),
    holdFromNow: (filter) => {
      suspects.delete(filter)
      closing.add(filter)
    },
    keepOnly: (wanted) => {
      for (const set of [suspects, closing]) for (const filter of set) if (!wanted.has(filter)) set.delete(filter)
    },
    clear: () => {
      suspects.clear()
      closing.clear()
    },
  }
}
