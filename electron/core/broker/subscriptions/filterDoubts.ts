/** What may make a server end the connection, by the filters it got then. */
export const createFilterDoubts = () => {
  const suspects = new Set<string>()
  /** Those it was. */
  const closing = new Set<string>()
  return {
    isSuspect: (filter: string): boolean => suspects.has(filter),
    /** Held back until a person wants it sent, or wants it no longer. */
    isClosing: (filter: string): boolean => closing.has(filter),
    hasSuspects: (): boolean => suspects.size > 0,
    suspect: (filter: string): void => void suspects.add(filter),
    /** The server answered it. */
    clearOf: (filter: string): void => void suspects.delete(filter),
    /** The server closed on it again. */
    holdFromNow: (filter: string): void => {
      suspects.delete(filter)
      closing.add(filter)
    },
    /** Those that are wanted no longer need not be doubted. */
    keepOnly: (wanted: ReadonlyMap<string, unknown>): void => {
      for (const set of [suspects, closing]) for (const filter of set) if (!wanted.has(filter)) set.delete(filter)
    },
    /** Another server: what one closed on says nothing of it. */
    clear: (): void => {
      suspects.clear()
      closing.clear()
    },
  }
}
export type FilterDoubts = ReturnType<typeof createFilterDoubts>
