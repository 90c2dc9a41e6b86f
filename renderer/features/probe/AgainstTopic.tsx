import { ChevronRight, Undo2 } from 'lucide-react'
import { useId, useMemo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { compareLevels } from '#shared/mqtt/filterComparison'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { TopicOutcome } from '../../mqttUi/TopicOutcome'
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
import { LevelTable } from './LevelTable'
import styles from './probe.module.css'

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
  const version = useProtocolVersion()
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
      {comparison ? <TopicOutcome comparison={comparison} version={version} /> : null}
      {comparison && open ? <LevelTable id={tableId} comparison={comparison} /> : null}
    </div>
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
