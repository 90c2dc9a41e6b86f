import { faultKey, type FaultDeed, type FaultEvent, type LastingFault } from '#shared/model/fault'

/** As many events are kept. */
const mostEvents = 200

/** What the fault kit of a connection did. */
export interface FaultJournal {
  note(what: FaultDeed, about: string, fault?: LastingFault): void
  /** Counts of this fault begin anew. */
  restart(fault: LastingFault): void
  events(): readonly FaultEvent[]
  counts(): Readonly<Record<string, number>>
}

/** `now` is in milliseconds since 1970. */
export const createFaultJournal = (now: () => number, onEvent: (event: FaultEvent) => void): FaultJournal => {
  const counts = new Map<string, number>()
  let events: FaultEvent[] = []
  let number = 0
  return {
    note: (what, about, fault) => {
      if (fault) counts.set(faultKey(fault), (counts.get(faultKey(fault)) ?? 0) + 1)
      number += 1
      const event = { number, time: now(), what, about }
      events.push(event)
      // Cut seldom, because each cut copies.
      if (events.length >= 2 * mostEvents) events = events.slice(-mostEvents)
      onEvent(event)
    },
    restart: (fault) => void counts.delete(faultKey(fault)),
    events: () => events.slice(-mostEvents),
    counts: () => Object.fromEntries(counts),
  }
}
