import type { PacketTerm } from '#shared/model/packets'
import type { Connection } from '../../state/app'
import { placeOf } from '../../state/packetSource'

/** What a query has found up to now. The numbers are appended to one list: it may have a million. */
export interface FoundRows {
  readonly numbers: readonly number[]
  readonly count: number
  readonly isSearching: boolean
}

export interface PacketSearch {
  /** Forgets what was found, and looks for these. */
  begin(terms: readonly PacketTerm[]): void
  /** Looks into what there is up to this number; main looks for a few milliseconds at a time. */
  goOn(last: number): Promise<void>
}

/** `onFound` is called with null where nothing is looked for. */
export const createPacketSearch = (
  connection: Connection,
  onFound: (found: FoundRows | null) => void,
): PacketSearch => {
  const { gone } = connection
  const { api } = connection.app
  let terms: readonly PacketTerm[] = []
  let numbers: number[] = []
  let next = 1
  /** A newer search ends an older one. */
  let run = 0
  const tell = (isSearching: boolean) => onFound({ numbers, count: numbers.length, isSearching })
  return {
    begin: (wanted) => {
      run += 1
      terms = wanted
      numbers = []
      next = 1
      if (terms.length === 0) onFound(null)
      else tell(true)
    },
    goOn: async (last) => {
      if (terms.length === 0) return
      const mine = run
      const isOver = () => mine !== run || gone.aborted
      while (next <= last) {
        const result = await api.invoke('packets.find', { ...placeOf(connection), terms: [...terms], from: next })
        if (isOver() || !result.ok) return
        for (const number of result.value.numbers) numbers.push(number)
        ;({ next } = result.value)
        tell(next <= last)
      }
      tell(false)
    },
  }
}
