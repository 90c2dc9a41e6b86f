import { Download, Trash2 } from 'lucide-react'
import type { RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { chartsState } from '../../state/charts'
import { noticesState } from '../../state/notices'
import { useAppObject } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { IconButton } from '../../ui/IconButton'
import { MenuButton } from '../../ui/menus'
import type { ChartPlot } from './chartPlot'
import { rightMargin } from './plotMargins'
import { chartCsv } from './export/chartCsv'
import { chartPng } from './export/chartPng'
import { chartSvg } from './export/chartSvg'
import styles from './charts.module.css'
import { useSeriesName } from './seriesName'
import type { ShownChart } from './useChartTime'

interface ChartToolsProps extends Pick<ShownChart, 'chart' | 'time'> {
  /** Whether a chart of the pane has a right axis. */
  readonly isRightKept: boolean
  readonly plot: RefObject<ChartPlot | null>
}

export function ChartTools({ chart, time, plot, isRightKept }: ChartToolsProps) {
  const t = useTranslations('charts')
  const app = useAppObject()
  const nameOf = useSeriesName()
  const connection = useConnectionObject()
  const { pointsOf, removeChart } = connection.get(chartsState)
  const write = async (suggestedName: string, bytes: Uint8Array | null) => {
    if (!bytes) return
    const saved = await app.api.invoke('file.save', { suggestedName, bytes })
    if (!saved.ok) app.get(noticesState).showError(saved.error)
  }
  const drawn = { chart, span: time.span, pointsOf, nameOf }
  const items = [
    {
      label: t('png'),
      onSelect: () =>
        void chartPng({ canvas: plot.current?.image() ?? null, rightMargin: rightMargin(isRightKept) }, drawn).then(
          (bytes) => write('chart.png', bytes),
        ),
    },
    { label: t('svg'), onSelect: () => void write('chart.svg', encodeUtf8(chartSvg(drawn))) },
    { label: t('csv'), onSelect: () => void write('chart.csv', encodeUtf8(chartCsv(drawn))) },
  ]
  return (
    <div className={styles.tools}>
      <MenuButton label={t('exports')} icon={<Download size={14} />} items={items} />
      <IconButton label={t('remove')} icon={<Trash2 size={14} />} onClick={() => removeChart(chart.id)} />
    </div>
  )
}
