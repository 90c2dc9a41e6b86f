import { ChartLine, Maximize2, Pause, Play, ZoomIn, ZoomOut } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { chartsState } from '../../state/charts'
import { useFocusRequest } from '../../state/focus'
import { useConnection } from '../../state/useConnection'
import { useLandmarkName } from '../../state/useLandmarkName'
import { EmptyState } from '../../ui/EmptyState'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { ChartFigure } from './ChartFigure'
import styles from './charts.module.css'
import { Overview } from './Overview'
import { TimeText } from './TimeText'
import { useChartTime, type ChartTime } from './useChartTime'

/** Fields of messages over time, in charts below each other that show the same time. */
export function ChartsPane() {
  const t = useTranslations('charts')
  const landmark = useLandmarkName(t('region'))
  const region = useRef<HTMLElement>(null)
  useFocusRequest('charts', () => region.current?.focus())
  const charts = useConnection(chartsState, (state) => state.charts)
  const time = useChartTime(charts)
  const isRightKept = charts.some(({ series }) => series.some(({ axis }) => axis === 'right'))
  return (
    <section ref={region} tabIndex={-1} aria-label={landmark} className={styles.pane}>
      {charts.length === 0 ? (
        <EmptyState icon={<ChartLine size={28} aria-hidden />} title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      ) : (
        <>
          <TimeBar time={time} />
          <div className={styles.list} data-right={isRightKept}>
            {charts.map((chart) => (
              <ChartFigure key={chart.id} chart={chart} time={time} isRightKept={isRightKept} />
            ))}
          </div>
          <Overview charts={charts} time={time} />
        </>
      )}
    </section>
  )
}

function TimeBar({ time }: { readonly time: ChartTime }) {
  const t = useTranslations('charts')
  const isLive = time.view.end === null
  return (
    <div className={styles.bar}>
      <Button
        variant="plain"
        aria-pressed={!isLive}
        icon={isLive ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
        onClick={time.togglePause}
      >
        {isLive ? t('pause') : t('live')}
      </Button>
      <TimeText time={time} />
      <IconButton label={t('zoomIn')} shortcut="+" icon={<ZoomIn size={14} />} onClick={() => time.zoom(0.5)} />
      <IconButton label={t('zoomOut')} shortcut="-" icon={<ZoomOut size={14} />} onClick={() => time.zoom(2)} />
      <IconButton label={t('reset')} shortcut="Home" icon={<Maximize2 size={14} />} onClick={time.reset} />
    </div>
  )
}
