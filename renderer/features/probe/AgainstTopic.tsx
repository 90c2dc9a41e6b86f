import { ChevronRight, CircleCheck, CircleX, Undo2 } from 'lucide-react'
import { useId, useMemo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { clauseOf } from '#shared/mqtt/clauses'
import { compareLevels, type FilterComparison, type LevelRow } from '#shared/mqtt/filterComparison'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { probeState } from '../../state/probe'
import { selectionState, selectSelectedTopic } from '../../state/selection'
import { settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { useConnection } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import { TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { HiddenNote } from '../../ui/HiddenNote'
import { hiddenExcerpt } from '#shared/text/hiddenExcerpt'
import { shortDifferent, shortVisible } from '#shared/text/visibleText'
import { LevelTable } from './LevelTable'
import { failureWordOf } from './levelVerdict'
import styles from './probe.module.css'

/** A sentence holds this much of a level. */
const shownLevel = 60

interface AgainstTopicProps {
  /** A valid filter. */
  readonly filter: string
}

/** Holds the filter against one topic: the one selected in the tree, or any that is typed. */
export function AgainstTopic({ filter }: AgainstTopicProps) {
  const t = useTranslations('probe')
  const problemText = useTranslations('filterProblems')
  const tableId = useId()
  const selected = useConnection(selectionState, selectSelectedTopic)
  const typed = useConnection(probeState, (state) => state.topic)
  const topic = typed ?? selected ?? ''
  const open = useApp(settingsState, (state) => state.settings.probeLevelsOpen)
  const saveSettings = useApp(settingsState, (state) => state.save)
  const problem = topic === '' ? null : topicNameProblem(topic)
  const hasTopic = topic !== '' && problem === null
  const comparison = useMemo(() => (hasTopic ? compareLevels(filter, topic) : null), [hasTopic, filter, topic])
  return (
    <div className={styles.against}>
      <div className={styles.againstRow}>
        <IconButton
          label={t('showLevels')}
          icon={<ChevronRight size={14} />}
          className={styles.twisty}
          data-open={open}
          disabled={comparison === null}
          aria-expanded={open && comparison !== null}
          {...(open && comparison ? { 'aria-controls': tableId } : {})}
          onClick={() => void saveSettings({ probeLevelsOpen: !open })}
        />
        <span className={styles.againstLabel} aria-hidden>
          {t('columns.topic')}
        </span>
        <TopicField error={problem ? problemText(problem.code) : null} />
      </div>
      {comparison ? <Outcome comparison={comparison} /> : null}
      {comparison && open ? <LevelTable id={tableId} comparison={comparison} /> : null}
    </div>
  )
}

/** As a sentence names them: two that differ look different. */
const shortLevels = ({ topicLevel, filterLevel }: LevelRow) =>
  topicLevel !== null && filterLevel !== null
    ? shortDifferent(topicLevel, filterLevel, shownLevel)
    : [shortVisible(topicLevel ?? '', shownLevel), shortVisible(filterLevel ?? '', shownLevel)]

interface OutcomeProps {
  readonly comparison: FilterComparison
}

/** Yes or no in one line, and where it is no the first level that fails and why. */
function Outcome({ comparison }: OutcomeProps) {
  const t = useTranslations('probe')
  const version = useProtocolVersion()
  const { rows, firstFailure } = comparison
  const row = firstFailure === null ? undefined : rows[firstFailure]
  const word = row ? failureWordOf(row) : null
  if (!row || word === null)
    return (
      <p className={styles.outcome} data-matches="true">
        <CircleCheck size={14} aria-hidden />
        <span>{t('matches')}</span>
      </p>
    )
  const [topicLevel, filterLevel] = shortLevels(row)
  return (
    <p className={styles.outcome} data-matches="false">
      <CircleX size={14} aria-hidden />
      <span>
        {t(`fails.${word}`, {
          level: (firstFailure ?? 0) + 1,
          topicLevel: topicLevel || t('emptyLevel'),
          filterLevel: filterLevel || t('emptyLevel'),
          clause: clauseOf('dollarTopics', version),
        })}
      </span>
    </p>
  )
}

function TopicField({ error }: { readonly error: string | null }) {
  const t = useTranslations('probe')
  const selected = useConnection(selectionState, selectSelectedTopic)
  const typed = useConnection(probeState, (state) => state.topic)
  const probeTopic = useConnection(probeState, (state) => state.probeTopic)
  const input = useRef<HTMLInputElement>(null)
  const shown = typed ?? selected ?? ''
  const follow = () => {
    probeTopic(null)
    // The button goes with the click.
    input.current?.focus()
  }
  return (
    <div className={styles.againstField}>
      <TextField
        label={t('against')}
        hideLabel
        mono={shown !== ''}
        placeholder={t('againstPlaceholder')}
        value={shown}
        error={error}
        hint={hiddenExcerpt(shown, true) ? <HiddenNote text={shown} /> : null}
        inputRef={input}
        onChange={probeTopic}
        suffix={
          typed === null ? null : (
            <IconButton label={t('followSelection')} icon={<Undo2 size={14} />} onClick={follow} />
          )
        }
      />
    </div>
  )
}
