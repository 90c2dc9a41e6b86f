import type { Transport } from './transport'

/**
 * Filters on their way out: UNSUBSCRIBE was sent, and the server has not said that they are gone. Only the answer to a
 * filter's latest UNSUBSCRIBE settles it.
 */
export const createLeavingFilters = () => {
  const latest = new Map<string, symbol>()
  return {
    /** Answers whether the server said that it is gone. */
    unsubscribe: async (opened: Transport, filter: string): Promise<boolean> => {
      const request = Symbol(filter)
      latest.set(filter, request)
      const answer = await opened.unsubscribe(filter)
      if (!answer || answer.reasonCode >= 0x80) return false
      if (latest.get(filter) === request) latest.delete(filter)
      return true
    },
    /** It was granted again. */
    keep: (filter: string): void => void latest.delete(filter),
    isEmpty: (): boolean => latest.size === 0,
    /** The connection ended: the server may still have these. */
    takeAll: (): string[] => {
      const filters = [...latest.keys()]
      latest.clear()
      return filters
    },
  }
}
