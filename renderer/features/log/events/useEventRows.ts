import { useMemo } from 'react'
import type { RowSource } from '../../../model/logSearch/foundRows'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { SessionEvent } from '../../../model/sessionEvents'
import { sessionEventsState } from '../../../state/sessionEvents'
import { settingsState } from '../../../state/settings'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { createEventPlaces, withEvents } from './eventRows'

export interface EventRows {
  /** The messages and gaps of the list with the events between them. */
  readonly rows: RowSource
  readonly eventAt: (row: number) => SessionEvent | null
}

/** Puts events between the rows. While a query asks for some of the messages there are none: no event meets a query. */
export const useEventRows = (log: MessageLog, source: RowSource, isAsked: boolean): EventRows => {
  const isWanted = useApp(settingsState, (state) => state.settings.logEvents)
  const events = useConnection(sessionEventsState, (state) => state.events)
  const eventsOf = useConnection(sessionEventsState, (state) => state.eventsOf)
  const placesOf = useMemo(() => createEventPlaces(log), [log])
  // With no message in the list there is nothing that they stand between.
  if (isAsked || !isWanted || events.length === 0 || source.count() === 0) return { rows: source, eventAt: () => null }
  const placed = placesOf(eventsOf(log))
  return {
    rows: withEvents(source, placed),
    eventAt: (row) => placed.find((one) => one.row === row)?.event ?? null,
  }
}
