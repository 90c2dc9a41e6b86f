import { useTranslations } from 'use-intl'
import { exampleTopic } from '#shared/mqtt/filterAlgebra'
import { nameOf } from '../../model/subscriptionLabels'
import { Button } from '../../ui/Button'
import { Chip } from '../../ui/Chip'
import { SelectField } from '../../ui/fields'
import { formatCount } from '../../ui/format'
import { visibleName } from '#shared/text/visibleText'
import { Comparison } from './Comparison'
import styles from './coverage.module.css'
import type { FilterPair } from './filterOverlaps'
import { RowList } from '../../ui/virtualList/RowList'
import type { CoverageEntry, CoverageMap } from './useCoverage'

const rowHeight = 44

/** Ids of the two filters that are compared. */
export type ChosenPair = readonly [one: string, other: string]

interface OverlapsPaneProps {
  readonly map: CoverageMap
  readonly pair: ChosenPair | null
  readonly onPair: (pair: ChosenPair) => void
  readonly onTopics: (pair: ChosenPair) => void
}

/** Two filters in detail, and below them all pairs that have topics in common. */
export function OverlapsPane({ map, pair, onPair, onTopics }: OverlapsPaneProps) {
  const t = useTranslations('coverage')
  const { overlaps } = map.coverage
  const pairs = overlaps.pairs()
  const shown = pairIn(map, pair)
  const [one, other] = (shown ?? []).map((id) => map.entries.get(id))
  if (!shown || !one || !other) return <p className={styles.nothing}>{t('noPairs')}</p>
  const values = { count: formatCount(pairs.length), disjoint: formatCount(overlaps.disjoint()) }
  return (
    <div className={styles.pane}>
      <PairFields map={map} pair={shown} onPair={onPair} />
      <Comparison map={map} one={one} other={other} />
      <p role="status" aria-live={map.pending ? 'off' : 'polite'} className={styles.status} data-pairs={pairs.length}>
        {t(map.pending ? 'pairCountSoFar' : 'pairCount', values)}
      </p>
      <RowList
        className={styles.rows}
        label={t('pairList')}
        count={pairs.length}
        rowHeight={rowHeight}
        renderRow={(index) => {
          const found = pairs[index]
          const left = found && map.entries.get(found.one)
          const right = found && map.entries.get(found.other)
          if (!left || !right) return null
          const chosen = shown.includes(found.one) && shown.includes(found.other)
          return <PairRow {...{ map, found, chosen, onPair, onTopics }} one={left} other={right} />
        }}
      />
    </div>
  )
}

function PairFields({ map, pair, onPair }: Pick<OverlapsPaneProps, 'map' | 'onPair'> & { readonly pair: ChosenPair }) {
  const t = useTranslations('coverage')
  const options = [...map.entries].map(([id, { status }]) => ({ value: id, label: nameOf(status) }))
  const [one, other] = pair
  return (
    <div className={styles.pairFields}>
      <SelectField
        label={t('compare')}
        value={one}
        onChange={(id) => onPair([id, id === other ? one : other])}
        options={options}
      />
      <SelectField
        label={t('compareWith')}
        value={other}
        onChange={(id) => onPair([id === one ? other : one, id])}
        options={options}
      />
    </div>
  )
}

interface PairRowProps extends Omit<OverlapsPaneProps, 'pair'> {
  readonly found: FilterPair
  readonly one: CoverageEntry
  readonly other: CoverageEntry
  readonly chosen: boolean
}

const chipOf = ({ status }: CoverageEntry) => {
  const { colour, alias, filter } = status.subscription
  return <Chip colour={colour} label={alias || filter} title={visibleName(filter)} />
}

function PairRow({ map, found, one, other, chosen, onPair, onTopics }: PairRowProps) {
  const t = useTranslations('coverage')
  const { topics, example } = map.coverage.topics.between([found.one, found.other], [])
  const made = exampleTopic(one.status.subscription.filter, other.status.subscription.filter)
  const topic = visibleName(example ?? made ?? '')
  const pair = [found.one, found.other] as const
  return (
    <div className={styles.pairRow} data-chosen={chosen} data-relation={found.relation} data-known={topics}>
      <button type="button" aria-pressed={chosen} className={styles.pairName} onClick={() => onPair(pair)}>
        <span className={styles.pairLine}>
          {chipOf(one)}
          <span className={styles.relation}>{t(`relationWords.${found.relation}`)}</span>
          {chipOf(other)}
        </span>
        <span className={styles.pairFacts} title={topic}>
          {t('knownTopics', { count: topics, shown: formatCount(topics) })}{' '}
          {t.rich(example === null ? 'madeExample' : 'knownExample', {
            topic,
            code: (chunks) => <bdi className={styles.code}>{chunks}</bdi>,
          })}
        </span>
      </button>
      <Button variant="quiet" disabled={topics === 0} onClick={() => onTopics(pair)}>
        {t('showTopics')}
      </Button>
    </div>
  )
}

const pairIn = ({ entries, coverage }: CoverageMap, wanted: ChosenPair | null): ChosenPair | null => {
  if (wanted?.every((id) => entries.has(id))) return wanted
  const [first] = coverage.overlaps.pairs()
  if (first) return [first.one, first.other]
  const [one, other] = entries.keys()
  return one !== undefined && other !== undefined ? [one, other] : null
}
