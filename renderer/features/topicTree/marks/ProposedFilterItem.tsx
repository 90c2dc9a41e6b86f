import { ChevronRight, Copy, SearchCheck } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import type { FilterStanding } from '../../../model/subscriptionLabels'
import type { FilterCount } from '../../../model/topicIndex/topicIndexCount'
import { SubscribeButton } from '../../../mqttUi/SubscribeButton'
import { useCopyText } from '../../../state/clipboard'
import { probeState } from '../../../state/probe'
import { useConnection } from '../../../state/useConnection'
import { IconButton } from '../../../ui/IconButton'
import { VisibleName } from '../../../ui/VisibleText'
import type { ProposedFilter } from './filterProposal'
import styles from './markedRows.module.css'

interface ProposedFilterItemProps {
  readonly proposed: ProposedFilter
  readonly standing: FilterStanding
  readonly onSubscribe: () => void
}

/** A filter for marked rows, what it brings, and what to do with it. */
export function ProposedFilterItem({ proposed, standing, onSubscribe }: ProposedFilterItemProps) {
  const t = useTranslations('topicTree')
  const probe = useConnection(probeState, (state) => state.probe)
  const copyText = useCopyText()
  const [isOpen, setExamplesOpen] = useState(false)
  const examplesId = useId()
  const { filter, count } = proposed
  const areExamplesOpen = isOpen && count !== null && count.outside > 0
  const name = visibleName(filter)
  return (
    <li className={styles.item}>
      <code className={styles.filter} title={name}>
        <VisibleName text={filter} />
      </code>
      <div className={styles.line}>
        <Facts
          count={count}
          examplesId={areExamplesOpen ? examplesId : null}
          onToggle={() => setExamplesOpen(!areExamplesOpen)}
        />
        <IconButton
          label={t('marked.probe', { filter: name })}
          icon={<SearchCheck size={14} />}
          onClick={() => probe(filter)}
        />
        <IconButton
          label={t('marked.copy', { filter: name })}
          icon={<Copy size={14} />}
          onClick={() => void copyText(filter)}
        />
        <SubscribeButton standing={standing} filter={filter} onSubscribe={onSubscribe} />
      </div>
      {areExamplesOpen ? <Examples id={examplesId} count={count} /> : null}
    </li>
  )
}

interface FactsProps {
  readonly count: FilterCount | null
  /** Id of the examples of topics that are not marked; null = they are not shown. */
  readonly examplesId: string | null
  readonly onToggle: () => void
}

function Facts({ count, examplesId, onToggle }: FactsProps) {
  const t = useTranslations('topicTree')
  if (!count) return <div className={styles.facts}>…</div>
  const { topics, outside } = count
  return (
    <div className={styles.facts}>
      <span>{t('topicCount', { topics })}</span>
      {outside === 0 ? (
        <span>{t('marked.nothingBesides')}</span>
      ) : (
        <button
          type="button"
          aria-expanded={examplesId !== null}
          aria-controls={examplesId ?? undefined}
          className={styles.besides}
          onClick={onToggle}
        >
          <ChevronRight size={12} />
          {t('marked.besides', { topics: outside })}
        </button>
      )}
    </div>
  )
}

function Examples({ id, count: { outside, examples } }: { readonly id: string; readonly count: FilterCount }) {
  const t = useTranslations('topicTree')
  return (
    <ul id={id} className={styles.examples}>
      {examples.map((topic) => (
        <li key={topic} title={visibleName(topic)}>
          <VisibleName text={topic} />
        </li>
      ))}
      {outside > examples.length ? <li>{t('marked.moreTopics', { topics: outside - examples.length })}</li> : null}
    </ul>
  )
}
