import { useTranslations } from 'use-intl'
import { nameOf } from '../../model/subscriptionLabels'
import { Chip } from '../../ui/Chip'
import { SelectField } from '../../ui/fields'
import { formatCount } from '../../ui/format'
import { ViewSwitch } from '../../ui/ViewSwitch'
import { VisibleName } from '../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import styles from './coverage.module.css'
import { RowList } from '../../ui/virtualList/RowList'
import { throughs, type Through, type TopicQuery } from './topicCoverage'
import type { CoverageEntry, CoverageMap } from './useCoverage'

const rowHeight = 24
const shownChips = 3

interface TopicsPaneProps {
  readonly map: CoverageMap
  readonly onQuery: (query: TopicQuery) => void
}

/** The known topics, each with the subscriptions that match it. */
export function TopicsPane(props: TopicsPaneProps) {
  const { map, onQuery } = props
  const t = useTranslations('coverage')
  const { query } = map
  const { topics } = map.coverage
  const places = topics.places()
  const values = { shown: formatCount(places.length), count: formatCount(map.topics.length) }
  const nothing = map.topics.length === 0 ? t('noTopics') : t('noneFits')
  return (
    <div className={styles.pane}>
      <div className={styles.tools}>
        <ViewSwitch<Through>
          label={t('through')}
          value={query.through}
          options={throughs.map((value) => ({
            value,
            label: t(`throughs.${value}`, { count: formatCount(topics.count(value)) }),
            title: t(`throughHints.${value}`),
          }))}
          onChange={(through) => onQuery({ through, of: query.of })}
        />
        <div className={styles.ofFields}>
          <OfFields {...props} />
        </div>
      </div>
      {/* Topics arrive all the time: announced, that would be read on and on. */}
      <p role="status" aria-live="off" className={styles.status} data-shown={places.length}>
        {t(map.pending ? 'shownSoFar' : 'shown', values)}
      </p>
      {places.length === 0 && !map.pending ? (
        <p className={styles.nothing}>{nothing}</p>
      ) : (
        <RowList
          className={styles.rows}
          key={JSON.stringify(query)}
          label={t('topicList')}
          count={places.length}
          rowHeight={rowHeight}
          renderRow={(index) => {
            const place = places[index] ?? -1
            const topic = map.topics[place]?.topic ?? ''
            const entries = topics.idsAt(place).flatMap((id) => map.entries.get(id) ?? [])
            return (
              <div className={styles.topicRow} data-topic={topic}>
                <span className={styles.topic} title={visibleName(topic)}>
                  <VisibleName text={topic} />
                </span>
                <Chips entries={entries} />
              </div>
            )
          }}
        />
      )}
    </div>
  )
}

interface ChipsProps {
  readonly entries: readonly CoverageEntry[]
}

function Chips({ entries }: ChipsProps) {
  const t = useTranslations('coverage')
  if (entries.length === 0) return <span className={styles.faint}>{t('throughNone')}</span>
  const names = entries.map(({ status }) => nameOf(status))
  return (
    <span className={styles.chips} title={names.join('\n')}>
      {entries.slice(0, shownChips).map(({ status: { subscription } }) => (
        <Chip key={subscription.id} colour={subscription.colour} label={subscription.alias || subscription.filter} />
      ))}
      {entries.length > shownChips ? <span className={styles.faint}>{`+${entries.length - shownChips}`}</span> : null}
    </span>
  )
}

/** Which subscriptions a topic must be matched by: none, one, or two of them. */
function OfFields({ map, onQuery }: TopicsPaneProps) {
  const t = useTranslations('coverage')
  const { query } = map
  const [first = '', second = ''] = query.of
  const options = [...map.entries].flatMap(([id, { status, inForce }]) =>
    inForce ? [{ value: id, label: nameOf(status) }] : [],
  )
  const change = (...of: readonly string[]) => onQuery({ ...query, of: of.filter((id) => id !== '') })
  return (
    <>
      <SelectField
        label={t('of')}
        hideLabel
        value={first}
        onChange={(id) => change(id, id === second ? '' : second)}
        options={[{ value: '', label: t('ofAny') }, ...options]}
      />
      <SelectField
        label={t('and')}
        hideLabel
        disabled={first === ''}
        value={second}
        onChange={(id) => change(first, id)}
        options={[{ value: '', label: t('andNone') }, ...options.filter(({ value }) => value !== first)]}
      />
    </>
  )
}
