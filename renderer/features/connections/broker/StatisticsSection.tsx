import { useTranslations } from 'use-intl'
import { useErrorText } from '../../../i18n/useErrorText'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { useDurations } from '../../../ui/durations'
import { formatBytes, formatCount } from '../../../ui/format'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './broker.module.css'
import { knownStatistic, type KnownStatistic } from './knownStatistics'
import { Sparkline } from './Sparkline'
import { statisticsState, type Statistic } from './statisticsState'

/** What the broker publishes of itself, where it does: known ones as tiles with a small chart, all others as a list. */
export function StatisticsSection() {
  const t = useTranslations('broker.statistics')
  const errorText = useErrorText()
  const isOnline = useConnection(sessionState, selectIsOnline)
  const { phase, error, values, left, watch } = useConnection(statisticsState, (state) => state)
  const isOn = phase === 'asking' || phase === 'on'
  const all = [...values.values()]
  const known = all
    .flatMap((one) => {
      const statistic = knownStatistic(one.topic)
      return statistic ? [{ one, statistic }] : []
    })
    .toSorted((first, second) => first.statistic.order - second.statistic.order)
  const hasNodes = new Set(known.map(({ statistic }) => statistic.node)).size > 1
  const others = all.filter(({ topic }) => !knownStatistic(topic))
  return (
    <>
      <p>{t('intro')}</p>
      <div className={styles.tools}>
        <Button disabled={!isOn && !isOnline} onClick={() => void watch(!isOn)}>
          {t(isOn ? 'stop' : 'ask')}
        </Button>
      </div>
      {error ? <p role="alert">{errorText(error)}</p> : null}
      {isOn && all.length === 0 ? <p role="status">{t('waiting')}</p> : null}
      {known.length > 0 ? (
        <ul className={styles.tiles} aria-label={t('tiles')}>
          {known.map(({ one, statistic }) => (
            <Tile key={one.topic} one={one} statistic={statistic} hasNodes={hasNodes} />
          ))}
        </ul>
      ) : null}
      {others.length > 0 ? (
        <details className={styles.others}>
          <summary>{t('others', { count: others.length })}</summary>
          <table>
            <tbody>
              {others.map(({ topic, text }) => (
                <tr key={topic}>
                  <th scope="row" className="mono">
                    <VisibleText text={topic} />
                  </th>
                  <td className="selectable">
                    <VisibleText text={text} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ) : null}
      {left > 0 ? <p>{t('left', { count: left })}</p> : null}
    </>
  )
}

const isTotal = ({ kind }: KnownStatistic) => kind === 'total' || kind === 'totalBytes'

/**
 * What grows is shown by how fast it does: the change a second between two values. How old a retained one was when it came is
 * not known, so that nothing is told from it.
 */
const seriesOf = ({ points }: Statistic, statistic: KnownStatistic): readonly number[] => {
  if (!isTotal(statistic)) return points.map(({ value }) => value)
  return points.slice(1).flatMap(({ at, value }, index) => {
    const before = points[index]
    const seconds = before ? (at - before.at) / 1_000 : 0
    return before && !before.isRetained && seconds > 0 ? [Math.max(0, (value - before.value) / seconds)] : []
  })
}

interface TileProps {
  readonly one: Statistic
  readonly statistic: KnownStatistic
  /** There are several, so that each tile names its own. */
  readonly hasNodes: boolean
}

function Tile({ one, statistic, hasNodes }: TileProps) {
  const t = useTranslations('broker.statistics')
  const { age } = useDurations()
  const { kind, name, node } = statistic
  const latest = one.points.at(-1)?.value
  const isBytes = kind === 'bytes' || kind === 'totalBytes'
  const amount = (value: number) =>
    isBytes ? formatBytes(Math.round(value)) : formatCount(Math.round(value * 10) / 10)
  const valueText = (): string => {
    if (kind === 'text' || latest === undefined) return one.text
    return kind === 'seconds' ? age(latest * 1_000) : amount(latest)
  }
  const series = kind === 'text' || kind === 'seconds' ? [] : seriesOf(one, statistic)
  const rate = isTotal(statistic) ? series.at(-1) : undefined
  const label = t(`names.${name}`)
  return (
    <li className={styles.tile} title={one.topic} data-statistic={name}>
      <span className={styles.tileName}>
        {label}
        {hasNodes ? <VisibleText text={` ${node}`} /> : null}
      </span>
      <span className={styles.tileValue}>
        <VisibleText text={valueText()} />
      </span>
      {rate === undefined ? null : <span className={styles.faint}>{t('perSecond', { rate: amount(rate) })}</span>}
      {series.length > 1 ? (
        <Sparkline
          values={series}
          label={t('chart', {
            name: label,
            count: series.length,
            least: amount(Math.min(...series)),
            most: amount(Math.max(...series)),
          })}
        />
      ) : null}
    </li>
  )
}
