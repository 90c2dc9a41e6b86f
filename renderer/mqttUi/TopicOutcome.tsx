import { CircleCheck, CircleX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ProtocolVersion } from '#shared/model/qos'
import { clauseOf } from '#shared/mqtt/clauses'
import type { FilterComparison, LevelRow } from '#shared/mqtt/filterComparison'
import { shortDifferent, shortVisible } from '#shared/text/visibleText'
import { failureWordOf } from './levelVerdict'
import styles from './mqttUi.module.css'

/** A sentence holds this much of a level. */
const shownLevel = 60

interface OutcomeProps {
  readonly comparison: FilterComparison
  /** Of the connection: the standard whose clause is named. */
  readonly version: ProtocolVersion
}

/** Yes or no in one line, and where it is no the first level that fails and why. */
export function TopicOutcome({ comparison, version }: OutcomeProps) {
  const t = useTranslations('probe')
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

/** As a sentence names them: two that differ look different. */
const shortLevels = ({ topicLevel, filterLevel }: LevelRow) =>
  topicLevel !== null && filterLevel !== null
    ? shortDifferent(topicLevel, filterLevel, shownLevel)
    : [shortVisible(topicLevel ?? '', shownLevel), shortVisible(filterLevel ?? '', shownLevel)]
