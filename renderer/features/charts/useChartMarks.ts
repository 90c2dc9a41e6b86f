import { useMemo } from 'react'
import { settingsState } from '../../state/settings'
import { sessionEventsState } from '../../state/sessionEvents'
import { useApp, useMainClock } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import type { PlotMark } from './chartPlot'

/** When the connection came and went, and the messages with a bookmark. */
export const useChartMarks = (): readonly PlotMark[] => {
  const { id } = useConnectionObject()
  const clock = useMainClock()
  const events = useConnection(sessionEventsState, (state) => state.events)
  const bookmarks = useApp(settingsState, ({ settings }) => settings.bookmarks[id])
  return useMemo(() => {
    const ofSession = events.flatMap(({ at, news }): PlotMark[] => {
      const kind = news.kind === 'disconnected' ? 'offline' : news.kind
      return kind === 'online' || kind === 'lost' || kind === 'offline' ? [{ time: clock.wallTimeOf(at), kind }] : []
    })
    return [...ofSession, ...(bookmarks ?? []).map(({ time }) => ({ time, kind: 'bookmark' as const }))]
  }, [events, bookmarks, clock])
}
