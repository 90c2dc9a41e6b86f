import { useMemo } from 'react'
import { settingsState } from '../../state/settings'
import { sessionEventsState } from '../../state/sessionEvents'
import { useApp, useMainClock } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { formatClock } from '../../ui/format'
import type { PlotMark } from './chartPlot'
import type { ChartTime } from './useChartTime'

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
    return [
      ...ofSession,
      ...(bookmarks ?? []).map(({ time, topic, note }) => ({
        time,
        kind: 'bookmark' as const,
        about: note === '' ? topic : note,
      })),
    ]
  }, [events, bookmarks, clock])
}

/** A mark so near to the cursor, as a part of what is shown, is meant. */
const near = 0.01

/** The mark at the cursor. */
export const useNearestMark = ({ cursor, span }: Pick<ChartTime, 'cursor' | 'span'>): PlotMark | null => {
  const marks = useChartMarks()
  if (cursor === null) return null
  const distance = (mark: PlotMark) => Math.abs(mark.time - cursor)
  const [nearest] = marks
    .filter((mark) => distance(mark) <= near * (span.to - span.from))
    .toSorted((one, other) => distance(one) - distance(other))
  return nearest ?? null
}

const longestAbout = 120

/** What a mark says. */
export const useMarkText = (): ((mark: PlotMark) => string) => {
  const t = useTranslations('charts')
  return ({ kind, time, about = '' }) => {
    const words = `${t(`events.${kind}`)} ${formatClock(time)}`
    return about === '' ? words : `${words} · ${visibleName(about.slice(0, longestAbout))}`
  }
}
