import { useEffect, useMemo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Latencies, QosLatencies } from '#shared/model/meter'
import { formatCount } from '../../../../ui/format'
import styles from '../meter.module.css'
import { histogramOf, type Histogram } from './histogram'
import type { LatencyPlot } from './latencyPlot'
import { formatEdge, formatLatency } from './latencyText'

interface ChartProps {
  readonly all: Latencies
  readonly byQos: readonly QosLatencies[]
}

/** The histogram as a picture, and as a table for who does not see it. */
export function LatencyChart({ all, byQos }: ChartProps) {
  const t = useTranslations('meter')
  const histogram = useMemo(() => histogramOf(all, byQos), [all, byQos])
  const frame = useRef<HTMLDivElement>(null)
  const latest = useRef(histogram)
  const plot = useRef<LatencyPlot | null>(null)
  useEffect(() => {
    latest.current = histogram
    plot.current?.show(histogram)
  }, [histogram])
  useEffect(() => {
    let isGone = false
    // Read when the first meter has something to draw: the window starts without it.
    void import('./latencyPlot').then(
      ({ openLatencyPlot }) => {
        if (isGone || !frame.current) return
        plot.current = openLatencyPlot(frame.current)
        plot.current.show(latest.current)
      },
      // The table says the same.
      () => undefined,
    )
    return () => {
      isGone = true
      plot.current?.close()
      plot.current = null
    }
  }, [])
  const label = t('histogramLabel', {
    count: formatCount(all.count),
    least: formatLatency(all.least),
    p50: formatLatency(all.p50),
    most: formatLatency(all.most),
  })
  return (
    <figure className={styles.figure}>
      <figcaption>{t('histogram')}</figcaption>
      <div ref={frame} role="img" aria-label={label} className={styles.plot} />
      <HistogramTable histogram={histogram} />
    </figure>
  )
}

function HistogramTable({ histogram: { edges, series } }: { readonly histogram: Histogram }) {
  const t = useTranslations('meter')
  return (
    <table className="visually-hidden">
      <caption>{t('histogram')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('latency')}</th>
          {series.map(({ qos }) => (
            <th key={qos} scope="col">{`QoS ${qos}`}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {edges.slice(0, -1).map((edge, index) => (
          <tr key={edge}>
            <th scope="row">{`${formatEdge(edge)} – ${formatEdge(edges[index + 1] ?? edge)}`}</th>
            {series.map(({ qos, counts }) => (
              <td key={qos}>{counts[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
