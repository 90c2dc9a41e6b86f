import type { KnownMetric } from '#shared/encoding/sparkplug/decodedSparkplug'
import type { SentMetric } from './metricRows'
import { createSequenceNumbers, type SequenceNumbers } from './sequenceNumbers'

/** `stale` = no birth was heard, or none since what was known came to nothing. */
export type SparkplugStatus = 'online' | 'offline' | 'stale'

/** The latest value of a metric. */
export interface MetricRow extends SentMetric {
  /** When it came, and with which message of the log; of a historical one, when that came. */
  readonly at: number
  readonly sequence: number
  /** Values of earlier times, which do not take the place of the latest one. */
  readonly historical: number
}

/** What an edge node and a device have in common: births, deaths, metrics. */
export interface MetricSource {
  readonly name: string
  readonly status: SparkplugStatus
  readonly births: number
  readonly deaths: number
  /** Null = there was none. */
  readonly bornAt: number | null
  readonly diedAt: number | null
  readonly lastAt: number
  /** In the order of the birth. */
  readonly metrics: ReadonlyMap<string, MetricRow>
  /** By alias, as the latest birth says. */
  readonly aliases: ReadonlyMap<string, KnownMetric>
}

export interface EdgeNode extends MetricSource {
  readonly group: string
  readonly devices: ReadonlyMap<string, MetricSource>
  /** Of the latest birth; null = it had none. */
  readonly bdSeq: string | null
  readonly lastSequence: () => number | null
  /** Something is not known until there is a new birth. */
  readonly needsBirth: boolean
  readonly rebirthAskedAt: number | null
  readonly rebirthAnsweredAt: number | null
  readonly commands: number
}

type Held<T> = { -readonly [Key in keyof T]: T[Key] }

export interface HeldSource extends Omit<Held<MetricSource>, 'metrics'> {
  metrics: Map<string, MetricRow>
  /** What the latest birth named. */
  born: ReadonlySet<string>
}

export interface HeldNode extends Omit<Held<EdgeNode>, 'devices' | 'metrics'>, HeldSource {
  devices: Map<string, HeldSource>
  readonly numbers: SequenceNumbers
  /** The session of this number has ended. */
  endedBdSeq: string | null
  /** Messages may be missing for which the node cannot be blamed. */
  isInterrupted: boolean
}

export const createSource = (name: string): HeldSource => ({
  name,
  status: 'stale',
  births: 0,
  deaths: 0,
  bornAt: null,
  diedAt: null,
  lastAt: 0,
  metrics: new Map(),
  aliases: new Map(),
  born: new Set(),
})

export const createNode = (group: string, name: string): HeldNode => {
  const numbers = createSequenceNumbers()
  return {
    ...createSource(name),
    group,
    devices: new Map(),
    bdSeq: null,
    lastSequence: numbers.last,
    needsBirth: false,
    rebirthAskedAt: null,
    rebirthAnsweredAt: null,
    commands: 0,
    numbers,
    endedBdSeq: null,
    isInterrupted: false,
  }
}

const mostMetrics = 100_000

/** Metrics without a name known stand under their alias. */
export const metricKey = ({ name, alias }: Pick<SentMetric, 'name' | 'alias'>): string =>
  name === null ? `alias ${alias ?? ''}` : `name ${name}`

/** Puts what a message says of metrics where the latest values are. */
export const putMetrics = (
  source: HeldSource,
  sent: readonly SentMetric[],
  { at, sequence }: { readonly at: number; readonly sequence: number },
): void => {
  for (const metric of sent) {
    const key = metricKey(metric)
    const known = source.metrics.get(key)
    if (!known && source.metrics.size >= mostMetrics) continue
    const historical = (known?.historical ?? 0) + (metric.isHistorical ? 1 : 0)
    if (known && metric.isHistorical && !known.isHistorical) source.metrics.set(key, { ...known, historical })
    else source.metrics.set(key, { ...metric, unit: metric.unit ?? known?.unit ?? null, at, sequence, historical })
  }
}
