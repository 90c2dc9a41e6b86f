import { CircleSlash, Hourglass, PauseCircle, Shrink } from 'lucide-react'
import { useLocale, useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import { nameOf } from '../../model/subscriptionLabels'
import { useRefusalText } from '../../state/useRefusalText'
import { useDurations } from '../../ui/durations'
import styles from './coverage.module.css'
import { ownQosOf, type Redundancy } from './filterOverlaps'
import { adviceFor, type Finding } from './findings'
import type { CoverageEntry, CoverageMap } from './useCoverage'

const icons = {
  refused: <CircleSlash size={14} />,
  heldBack: <PauseCircle size={14} />,
  redundant: <Shrink size={14} />,
  silent: <Hourglass size={14} />,
}

interface FindingNoteProps {
  readonly finding: Finding
  readonly entry: CoverageEntry
  readonly map: CoverageMap
  readonly now: number
}

/** One finding of a subscription in words. */
export function FindingNote(props: FindingNoteProps) {
  const { kind } = props.finding
  return (
    <p className={styles.finding} data-kind={kind}>
      {icons[kind]}
      <span className="selectable">
        <FindingText {...props} />
      </span>
    </p>
  )
}

interface RedundancyTextProps {
  readonly redundancy: Redundancy
  readonly entry: CoverageEntry
  readonly map: CoverageMap
}

/** By what it is covered, and what would change without it. */
function RedundancyText({ redundancy, entry, map }: RedundancyTextProps) {
  const t = useTranslations('coverage')
  const locale = useLocale()
  const cover = redundancy.by.flatMap((id) => map.entries.get(id)?.status ?? [])
  const namesOf = (statuses: readonly SubscriptionStatus[]) => new Intl.ListFormat(locale).format(statuses.map(nameOf))
  const values = {
    names: namesOf(cover),
    notGranted: namesOf(cover.filter((other) => other.state.phase !== 'granted')),
    count: cover.length,
    qos: ownQosOf(entry.status),
  }
  return (
    <>
      {t('coveredBy', values)} {redundancy.mutual ? t('mutual') : null}{' '}
      {redundancy.caveats.length === 0
        ? t('removable')
        : redundancy.caveats.map((caveat) => t(`caveats.${caveat}`, values)).join(' ')}
    </>
  )
}

function RefusalText({ error }: { readonly error: AppError }) {
  const t = useTranslations('coverage')
  const refusalText = useRefusalText()
  return `${refusalText(error)} ${t(`advice.${adviceFor(error)}`)}`
}

function FindingText({ finding, entry, map, now }: FindingNoteProps) {
  const t = useTranslations('coverage')
  const holdText = useTranslations('subscriptions.heldBack')
  const durations = useDurations()
  switch (finding.kind) {
    case 'refused':
      return <RefusalText error={finding.error} />
    case 'heldBack':
      return holdText(finding.reason, { size: finding.size ?? 0, limit: finding.limit ?? 0 })
    case 'redundant':
      return <RedundancyText redundancy={finding.redundancy} entry={entry} map={map} />
    case 'silent':
      return t('silent', { age: durations.age(now - finding.since) })
  }
}
