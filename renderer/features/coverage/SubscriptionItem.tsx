import { Eye, EyeOff, Pencil, Radar, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { nameOf, stateAttributeOf, subscriptionLabelOf } from '../../model/subscriptionLabels'
import { Button } from '../../ui/Button'
import { ColourDot } from '../../ui/ColourDot'
import { ageOf } from '../../ui/durations'
import { formatCount } from '../../ui/format'
import { FilterName } from '../../mqttUi/FilterName'
import { IconButton } from '../../ui/IconButton'
import { visibleName } from '#shared/text/visibleText'
import styles from './coverage.module.css'
import { FindingNote } from './FindingNote'
import { allTopics, type TopicQuery } from './topicCoverage'
import type { CoverageEntry, CoverageMap } from './useCoverage'

export interface SubscriptionVerbs {
  readonly probe: (status: SubscriptionStatus) => void
  readonly edit: (status: SubscriptionStatus) => void
  readonly switchTo: (status: SubscriptionStatus, enabled: boolean) => void
  readonly remove: (status: SubscriptionStatus) => void
  readonly sendAnyway: (status: SubscriptionStatus) => void
}

interface ShownItem {
  readonly entry: CoverageEntry
  readonly map: CoverageMap
  readonly now: number
  /** Its topics are shown. */
  readonly chosen: boolean
}

interface SubscriptionItemProps extends ShownItem {
  /** As `drawnAs` makes it. */
  readonly drawn: string
  readonly onQuery: (query: TopicQuery) => void
  readonly verbs: SubscriptionVerbs
}

/** All that an item shows beside its status, as one text: hundreds of items are drawn again only where it differs. */
export const drawnAs = ({ entry, map, now, chosen }: ShownItem): string => {
  const { id } = entry.status.subscription
  const { topics } = map.coverage
  const found = entry.findings.map((finding) => {
    if (finding.kind === 'silent') {
      const { value, unit } = ageOf(now - finding.since)
      return `${value} ${unit}`
    }
    if (finding.kind !== 'redundant') return finding.kind
    const cover = finding.redundancy.by.flatMap((other) => map.entries.get(other)?.status ?? [])
    return [finding.redundancy, cover.map((status) => [nameOf(status), status.state.phase])]
  })
  const { place, inForce, messages } = entry
  return JSON.stringify([place, inForce, messages, topics.topicsOf(id), topics.onlyOf(id), chosen, found])
}

const isDrawnAlike = (before: SubscriptionItemProps, after: SubscriptionItemProps): boolean =>
  before.drawn === after.drawn &&
  before.entry.status === after.entry.status &&
  before.verbs === after.verbs &&
  before.onQuery === after.onQuery

/** A subscription, what it matches, what is to be said of it, and what helps. */
export const SubscriptionItem = memo(function SubscriptionItem(props: SubscriptionItemProps) {
  const { entry, map, now, chosen, onQuery, verbs } = props
  const { status } = entry
  const { id, filter, alias, colour } = status.subscription
  const own = { status, verbs }
  const kinds = entry.findings.map(({ kind }) => kind)
  const removable = entry.findings.some(
    (finding) => finding.kind === 'redundant' && !finding.redundancy.caveats.includes('notGranted'),
  )
  return (
    <li className={styles.item} data-chosen={chosen} data-filter={filter} data-in-force={entry.inForce}>
      <div className={styles.itemLine}>
        <button
          type="button"
          aria-pressed={chosen}
          className={styles.itemName}
          title={visibleName(alias === '' ? filter : `${alias}: ${filter}`)}
          onClick={() => onQuery(chosen ? allTopics : { through: 'any', of: [id] })}
        >
          <ColourDot colour={colour} />
          <FilterName alias={alias} filter={filter} />
        </button>
        <StateText entry={entry} />
      </div>
      <div className={styles.itemLine}>
        <Facts entry={entry} map={map} onQuery={onQuery} />
        <Actions {...own} />
      </div>
      {entry.findings.map((finding) => (
        <FindingNote key={finding.kind} {...{ finding, entry, map, now }} />
      ))}
      {kinds.length > 0 ? (
        <Remedies
          {...own}
          removable={removable}
          heldBack={entry.findings.some((finding) => finding.kind === 'heldBack' && finding.reason !== 'tooLarge')}
          silent={kinds.includes('silent')}
        />
      ) : null}
    </li>
  )
}, isDrawnAlike)

interface VerbsProps {
  readonly status: SubscriptionStatus
  readonly verbs: SubscriptionVerbs
}

function StateText({ entry }: { readonly entry: CoverageEntry }) {
  const t = useTranslations('subscriptions.state')
  const label = subscriptionLabelOf(entry.status)
  const values = { granted: 'granted' in label ? label.granted : 0, requested: entry.status.subscription.qos }
  return (
    <span className={styles.state} data-state={stateAttributeOf(label.kind)}>
      {t(label.kind, values)}
    </span>
  )
}

function Facts({ entry, map, onQuery }: Pick<SubscriptionItemProps, 'entry' | 'map' | 'onQuery'>) {
  const t = useTranslations('coverage')
  const { topics } = map.coverage
  const { id } = entry.status.subscription
  const only = topics.onlyOf(id)
  const messages = t('messages', { count: entry.messages, shown: formatCount(entry.messages) })
  if (!entry.inForce) return <span className={styles.facts}>{`${t('coversNothing')} · ${messages}`}</span>
  return (
    <span className={styles.facts} data-topics={topics.topicsOf(id)} data-only={only}>
      {t('topicsMatched', { count: topics.topicsOf(id), shown: formatCount(topics.topicsOf(id)) })}
      {' · '}
      {only > 0 ? (
        <button
          type="button"
          className={styles.link}
          title={t('onlyHereHint')}
          onClick={() => onQuery({ through: 'one', of: [id] })}
        >
          {t('onlyHere', { count: formatCount(only) })}
        </button>
      ) : (
        t('onlyHere', { count: '0' })
      )}
      {` · ${messages}`}
    </span>
  )
}

// Messages change what stands beside the buttons many times a second, and nothing about them.
const Actions = memo(function Actions({ status, verbs }: VerbsProps) {
  const t = useTranslations('coverage')
  const name = nameOf(status)
  const { enabled } = status.subscription
  const shared = { className: styles.action }
  return (
    <span className={styles.actions}>
      <IconButton
        {...shared}
        label={t('probe', { name })}
        icon={<Radar size={14} />}
        onClick={() => verbs.probe(status)}
      />
      <IconButton
        {...shared}
        label={t('edit', { name })}
        icon={<Pencil size={14} />}
        onClick={() => verbs.edit(status)}
      />
      <IconButton
        {...shared}
        label={enabled ? t('switchOff', { name }) : t('switchOn', { name })}
        icon={enabled ? <EyeOff size={14} /> : <Eye size={14} />}
        onClick={() => verbs.switchTo(status, !enabled)}
      />
      <IconButton
        {...shared}
        label={t('remove', { name })}
        icon={<Trash2 size={14} />}
        onClick={() => verbs.remove(status)}
      />
    </span>
  )
})

interface RemediesProps extends VerbsProps {
  readonly removable: boolean
  readonly heldBack: boolean
  readonly silent: boolean
}

const Remedies = memo(function Remedies({ status, verbs, removable, heldBack, silent }: RemediesProps) {
  const t = useTranslations('coverage')
  const small = { variant: 'plain', className: styles.remedy } as const
  return (
    <div className={styles.remedies}>
      {removable ? (
        <Button {...small} onClick={() => verbs.remove(status)}>
          {t('removeIt')}
        </Button>
      ) : null}
      {heldBack ? (
        <Button {...small} onClick={() => verbs.sendAnyway(status)}>
          {t('sendAnyway')}
        </Button>
      ) : null}
      {silent ? (
        <Button {...small} onClick={() => verbs.probe(status)}>
          {t('probeIt')}
        </Button>
      ) : (
        <Button {...small} onClick={() => verbs.edit(status)}>
          {t('editIt')}
        </Button>
      )}
      <Button {...small} onClick={() => verbs.switchTo(status, false)}>
        {t('switchItOff')}
      </Button>
    </div>
  )
})
