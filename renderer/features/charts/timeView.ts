import type { TimeSpan } from '../../model/chart/decimate'

/** The time that all charts of a connection show. */
export interface TimeView {
  /** Milliseconds; null = everything there is. */
  readonly width: number | null
  /** Null = live: it ends with the newest value. */
  readonly end: number | null
}

export const everythingLive: TimeView = { width: null, end: null }

const leastWidth = 10

/** The span that is shown of all there is. */
export const spanShown = ({ width, end }: TimeView, all: TimeSpan): TimeSpan => {
  const to = end ?? all.to
  const from = width === null ? Math.min(all.from, to - leastWidth) : to - width
  return { from, to: Math.max(to, from + leastWidth) }
}

/** This span and no other; one that reaches the newest value goes on with it, where the view did. */
export const viewOf = (span: TimeSpan, before: TimeView, all: TimeSpan): TimeView => ({
  width: Math.max(leastWidth, span.to - span.from),
  end: before.end === null && span.to >= all.to ? null : span.to,
})

/** Twice or half as much time around its middle, or around the cursor. */
export const zoomed = (span: TimeSpan, factor: number, around: number | null): TimeSpan => {
  const middle = around !== null && around >= span.from && around <= span.to ? around : (span.from + span.to) / 2
  return { from: middle - (middle - span.from) * factor, to: middle + (span.to - middle) * factor }
}

export const panned = ({ from, to }: TimeSpan, part: number): TimeSpan => ({
  from: from + (to - from) * part,
  to: to + (to - from) * part,
})
