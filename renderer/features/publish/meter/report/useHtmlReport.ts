import { useLocale, useTranslations } from 'use-intl'
import type { Latencies, MeterStatus } from '#shared/model/meter'
import { visibleText } from '#shared/text/visibleText'
import { formatCount, formatIso } from '../../../../ui/format'
import { formatEdge, formatLatency } from '../results/latencyText'
import { useMeterRemarks } from '../results/useMeterRemarks'
import { htmlReport, type HtmlTable } from './htmlReport'
import type { ReportPlace } from './meterReport'

/** Makes the report that people read, in the language of the window. */
export const useHtmlReport = () => {
  const t = useTranslations('meter')
  const language = useLocale()
  const remarksOf = useMeterRemarks()
  const tablesOf = useTables()
  return (meter: MeterStatus, { sender, receiver, version }: ReportPlace): string => {
    const fact = (name: Parameters<typeof t>[0], value: string | null) =>
      value === null ? [] : [[t(name), visibleText(value)] as const]
    return htmlReport({
      language,
      title: t('reportTitle', { time: formatIso(meter.startedAt) }),
      numbers: counted.map((name) => [t(`numbers.${name}`), formatCount(meter.counts[name])] as const),
      remarks: [...remarksOf(meter).map(({ text }) => text), ...(meter.latencies ? [t('sameClock')] : [])],
      tables: tablesOf(meter),
      histograms: meter.byQos.map(({ qos, bins }) => ({
        caption: `${t('histogram')}, QoS ${qos}`,
        bins: bins.map((bin) => ({ ...bin, label: `${formatEdge(bin.from)} – ${formatEdge(bin.to)}` })),
      })),
      facts: [
        ...fact('sendOn', sender),
        ...fact('topic', meter.topic === '' ? null : meter.topic),
        ...fact('receiveOn', receiver),
        ...fact('filter', meter.filter),
        ...fact('lateAfter', formatCount(meter.lateAfterMs)),
        ...fact('stamp', t(`carriers.${meter.stamp.carrier}`)),
        ...fact('run', meter.run),
        ['Topicscope', version],
      ],
    })
  }
}

const counted = ['sent', 'received', 'lost', 'duplicated', 'reordered', 'late', 'refused'] as const

const useTables = () => {
  const t = useTranslations('meter')
  const names = ['least', 'p50', 'p95', 'p99', 'most'] as const
  const timesOf = (times: Latencies) => names.map((name) => formatLatency(times[name]))
  return ({ byQos, foreign }: MeterStatus): readonly HtmlTable[] => [
    ...(byQos.length === 0
      ? []
      : [
          {
            caption: t('latency'),
            head: ['QoS', t('numbers.received'), ...names.map((name) => t(`percentiles.${name}`))],
            rows: byQos.map((times) => [`QoS ${times.qos}`, formatCount(times.count), ...timesOf(times)]),
          },
        ]),
    ...(foreign.length === 0
      ? []
      : [
          {
            caption: `${t('foreign')}. ${t('otherClock')}`,
            head: [
              t('foreignRun'),
              t('numbers.received'),
              t('missing'),
              t('numbers.duplicated'),
              t('numbers.reordered'),
              ...names.map((name) => t(`percentiles.${name}`)),
            ],
            rows: foreign.map(({ run, counts, missing, aboveLeast }) => [
              visibleText(run),
              ...[counts.received, missing, counts.duplicated, counts.reordered].map(formatCount),
              ...(aboveLeast ? timesOf(aboveLeast) : []),
            ]),
          },
        ]),
  ]
}
