import { useCallback, useEffect, useRef, useState } from 'react'
import type { RetainedEntry, RetainedFate, RetainedPage } from '#shared/model/retained'
import type { AppError, Result } from '#shared/result'
import { useMainClock } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { retainedTopicsOf } from './retainedTopics'
import { retainedState } from './retainedState'

const pollMs = 100

/** What the main process told of a listing so far. The lists grow in place; each news makes another object. */
export interface Listing {
  readonly entries: readonly RetainedEntry[]
  readonly fates: ReadonlyMap<number, RetainedFate>
  readonly page: RetainedPage | null
  readonly error: AppError | null
  /** When it began, on the steady clock. */
  readonly listedAt: number
  readonly filter: string
}

const empty: Listing = { entries: [], fates: new Map(), page: null, error: null, listedAt: 0, filter: '' }

interface Held {
  readonly entries: RetainedEntry[]
  readonly fates: Map<number, RetainedFate>
  /** How many changes are in `fates`. */
  changes: number
}
const nothingHeld = (): Held => ({ entries: [], fates: new Map(), changes: 0 })

/** Pulls a listing while something happens to it; main lets go of it with the last look. */
export const useRetainedListing = () => {
  const connection = useConnectionObject()
  const clock = useMainClock()
  const [listing, setListing] = useState(empty)
  const isOpen = useRef(true)
  const run = useRef(0)
  const held = useRef<Held>(nothingHeld())

  const pull = useCallback(
    async (mine: number) => {
      for (;;) {
        const { entries, fates, changes } = held.current
        const retained = connection.get(retainedState)
        const result = await retained.read({ from: entries.length, changesFrom: changes })
        if (run.current !== mine) return
        if (!result.ok) {
          setListing((before) => ({ ...before, error: before.error ?? result.error }))
          return
        }
        const page = result.value
        for (const entry of page.entries) entries.push(entry)
        for (const { place: at, fate } of page.changes) fates.set(at, fate)
        held.current.changes += page.changes.length
        retained.noteRetained(retainedTopicsOf(page, entries))
        setListing((before) => ({ ...before, entries, fates, page }))
        if (!isBusy(page, entries.length)) return
        if (page.entries.length === 0) await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    },
    [connection],
  )

  /** Does something to the listing and follows what comes of it, also of what went on when it was refused. */
  const follow = useCallback(
    async (asked: Promise<Result<null>>, onTaken: () => void = () => undefined) => {
      const mine = (run.current += 1)
      const result = await asked
      if (!isOpen.current) return false
      if (result.ok) onTaken()
      setListing((before) => ({ ...before, error: result.ok ? null : result.error }))
      if (run.current === mine) void pull(mine)
      return result.ok
    },
    [pull],
  )
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
      run.current += 1
      void connection.get(retainedState).close()
    }
  }, [connection])

  return {
    listing,
    /** What was listed before stays until the new listing has begun. */
    list: (filter: string) =>
      follow(connection.get(retainedState).list(filter), () => {
        held.current = nothingHeld()
        setListing({ ...empty, filter, listedAt: clock.now() })
      }),
    /** Answers whether main accepted the command. */
    clear: (places: readonly number[]) => follow(connection.get(retainedState).clear(places)),
    undo: () => follow(connection.get(retainedState).undo()),
    cancel: () => follow(connection.get(retainedState).cancel()),
  }
}

const isBusy = ({ phase, work, total }: RetainedPage, known: number) =>
  phase === 'connecting' || phase === 'listing' || (work !== null && work.stage !== 'ended') || known < total
