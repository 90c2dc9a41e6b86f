import { useTranslations } from 'use-intl'
import { clauseOf } from '#shared/mqtt/clauses'
import { exampleOnly, exampleTopic, relationOf } from '#shared/mqtt/filterAlgebra'
import { parseFilter } from '#shared/mqtt/topicFilter'
import { nameOf } from '../../model/subscriptionLabels'
import { formatCount } from '../../ui/format'
import { visibleName } from '#shared/text/visibleText'
import styles from './coverage.module.css'
import { disjointReason, type Depth } from './disjointReason'
import type { KnownTopics } from './topicCoverage'
import type { CoverageEntry, CoverageMap } from './useCoverage'

interface ComparisonProps {
  readonly map: CoverageMap
  readonly one: CoverageEntry
  readonly other: CoverageEntry
}

/** Two filters laid against each other: by algebra, so for every topic there can be, and with what is known. */
export function Comparison({ map, one, other }: ComparisonProps) {
  const t = useTranslations('coverage')
  const [a, b] = [filterOf(one), filterOf(other)]
  const relation = relationOf(a, b)
  const values = { one: nameOf(one.status), other: nameOf(other.status) }
  const { topics } = map.coverage
  const counted = one.inForce && other.inForce
  const known = (inside: readonly CoverageEntry[], outside: readonly CoverageEntry[]) =>
    counted ? topics.between(inside.map(idOf), outside.map(idOf)) : null
  return (
    <div className={styles.comparison} data-relation={relation}>
      <p className={styles.verdict}>
        {t(`relations.${relation}`, values)}{' '}
        {relation === 'disjoint' ? <DisjointText map={map} one={one} other={other} /> : null}
      </p>
      <dl className={styles.examples}>
        <Example title={t('inBoth')} known={known([one, other], [])} made={exampleTopic(a, b)} />
        <Example title={t('onlyIn', { name: values.one })} known={known([one], [other])} made={exampleOnly(a, b)} />
        <Example title={t('onlyIn', { name: values.other })} known={known([other], [one])} made={exampleOnly(b, a)} />
      </dl>
      {counted ? null : <p className={styles.note}>{t('notInForce')}</p>}
      {counted && map.pending ? <p className={styles.note}>{t('knownSoFar')}</p> : null}
      {relation === 'disjoint' ? null : (
        <p className={styles.note}>
          <Deliveries {...{ map, one, other }} />
        </p>
      )}
    </div>
  )
}

const filterOf = ({ status }: CoverageEntry) => status.subscription.filter
const idOf = ({ status }: CoverageEntry) => status.subscription.id

function DisjointText({ map, one, other }: ComparisonProps) {
  const t = useTranslations('coverage.disjointBy')
  const reason = disjointReason(filterOf(one), filterOf(other))
  const depthText = ({ levels, orMore }: Depth) => t(orMore ? 'levelsOrMore' : 'levels', { count: levels })
  if (reason.kind === 'level') {
    const values = { level: reason.level, one: visibleName(reason.one), other: visibleName(reason.other) }
    return t('level', values)
  }
  if (reason.kind === 'depth') return t('depth', { one: depthText(reason.one), other: depthText(reason.other) })
  return t(reason.kind, { clause: clauseOf(reason.kind === 'dollar' ? 'dollarTopics' : 'emptyTopic', map.version) })
}

interface ExampleProps {
  readonly title: string
  /** Null where one of the two is not in force: nothing is counted for it. */
  readonly known: KnownTopics | null
  /** A topic as the rules of filters make it. */
  readonly made: string | null
}

/** A part of the topics: how many are known, and one of them; one that could be where none is known. */
function Example({ title, known, made }: ExampleProps) {
  const t = useTranslations('coverage')
  const example = known?.example ?? null
  return (
    <>
      <dt>{title}</dt>
      <dd data-known={known?.topics}>
        {made === null ? (
          t('noSuchTopic')
        ) : (
          <>
            {known ? `${t('knownTopics', { count: known.topics, shown: formatCount(known.topics) })} ` : null}
            {t.rich(example === null ? 'madeExample' : 'knownExample', {
              topic: visibleName(example ?? made),
              code: (chunks) => <bdi className={styles.code}>{chunks}</bdi>,
            })}
          </>
        )}
      </dd>
    </>
  )
}

function Deliveries({ map, one, other }: ComparisonProps) {
  const t = useTranslations('coverage.deliveries')
  const groups = [one, other].map((entry) => parseFilter(filterOf(entry)).shareName)
  if (groups.some((group) => group !== null)) return t('shared')
  if (map.version !== '5') return t('before5', { version: map.version })
  const named = [one, other].every(({ status }) => status.identifier !== undefined)
  return `${t('version5')} ${t(named ? 'named' : 'unnamed')}`
}
