/** Milliseconds between two messages of a series: up to a day. */
export const seriesIntervals = { least: 1, most: 86_400_000 } as const
