import { useTranslations } from 'use-intl'
import { useDurations } from '../../ui/durations'
import { formatCount } from '../../ui/format'
import styles from './coverage.module.css'
import { findingKinds, type FindingKind } from './findings'
import type { TopicQuery } from './topicCoverage'
import type { CoverageMap } from './useCoverage'

interface SummaryProps {
  readonly map: CoverageMap
  readonly now: number
  /** The list shows only subscriptions with such a finding; null = all. */
  readonly kind: FindingKind | null
  readonly onKind: (kind: FindingKind | null) => void
  readonly onQuery: (query: TopicQuery) => void
}

/** What is to be looked at, in one line; each part narrows what stands below it. */
export function Summary({ map, now, kind, onKind, onQuery }: SummaryProps) {
  const t = useTranslations('coverage')
  const durations = useDurations()
  const { counts, silentSince } = countsOf(map)
  const found = findingKinds.filter((one) => counts[one] > 0)
  const uncovered = map.coverage.topics.count('none')
  return (
    <div role="group" aria-label={t('findings')} className={styles.summary}>
      {found.map((one) => (
        <button
          key={one}
          type="button"
          className={styles.count}
          data-kind={one}
          aria-pressed={kind === one}
          onClick={() => onKind(kind === one ? null : one)}
        >
          {t(`found.${one}`, { count: formatCount(counts[one]), age: durations.age(now - silentSince) })}
        </button>
      ))}
      {found.length === 0 ? <span className={styles.fine}>{t(nothingFound(map))}</span> : null}
      {uncovered > 0 ? (
        <button
          type="button"
          className={styles.count}
          data-kind="uncovered"
          onClick={() => onQuery({ through: 'none', of: [] })}
        >
          {t('found.uncovered', { count: formatCount(uncovered) })}
        </button>
      ) : null}
    </div>
  )
}

const countsOf = ({ entries }: CoverageMap) => {
  const counts: Record<FindingKind, number> = { refused: 0, heldBack: 0, redundant: 0, silent: 0 }
  let silentSince = Infinity
  for (const { findings } of entries.values())
    for (const finding of findings) {
      counts[finding.kind] += 1
      if (finding.kind === 'silent') silentSince = Math.min(silentSince, finding.since)
    }
  return { counts, silentSince }
}

/** What is said where there is no finding. */
const nothingFound = ({ entries, pending }: CoverageMap) => {
  if (entries.size === 0) return 'noSubscriptions'
  if (pending) return 'comparing'
  const states = [...entries.values()].flatMap(({ inForce, status }) => (inForce ? [status.state.phase] : []))
  // What the server has not answered can be neither refused nor silent.
  return states.length > 0 && states.every((phase) => phase === 'granted') ? 'allFine' : 'noneRedundant'
}
