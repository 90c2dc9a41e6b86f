import type { Latencies, QosLatencies } from '#shared/model/meter'

/** How many messages took how long, by QoS, over the same bins. */
export interface Histogram {
  /** Where each bin begins and where the last one ends, in milliseconds. */
  readonly edges: readonly number[]
  readonly series: readonly { readonly qos: number; readonly counts: readonly number[] }[]
}

/** The bins are those of all messages: every QoS has some of them. */
export const histogramOf = (all: Latencies, byQos: readonly QosLatencies[]): Histogram => ({
  edges: [...all.bins.map(({ from }) => from), all.bins.at(-1)?.to ?? 0],
  series: byQos.map(({ qos, bins }) => {
    const counts = new Map(bins.map(({ from, count }) => [from, count]))
    return { qos, counts: all.bins.map(({ from }) => counts.get(from) ?? 0) }
  }),
})
