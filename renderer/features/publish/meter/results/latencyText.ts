import { formatCount } from '../../../../ui/format'

/** Milliseconds, to a thousandth where that is told apart. */
export const formatLatency = (milliseconds: number): string => {
  if (milliseconds < 1) return milliseconds.toFixed(3)
  if (milliseconds < 10) return milliseconds.toFixed(2)
  return milliseconds < 100 ? milliseconds.toFixed(1) : formatCount(Math.round(milliseconds))
}

/** The edge of a bin, as short as it can be told. */
export const formatEdge = (milliseconds: number): string => {
  if (milliseconds >= 1_000) return `${Number((milliseconds / 1_000).toPrecision(2))} s`
  return milliseconds < 1
    ? `${Number((milliseconds * 1_000).toPrecision(2))} µs`
    : `${Number(milliseconds.toPrecision(2))} ms`
}
